import KubernetesClient
import KubernetesModel
import TextUI

/// Gives a container of a workload, or of a pod on its own, another image.
enum ImageAction {
    private struct Container {
        let list: String
        let name: String
        let image: String
    }

    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        shell.reading(targets[0]) { object, target in
            if target.resource.name == "pods", object.metadata.controller != nil {
                return shell.report(
                    .warning, "\(target.text) belongs to \(object.metadata.controller?.kind ?? ""), whose image is to be set instead")
            }
            let containers = containers(of: object)
            guard containers.count != 1 else { return ask(containers[0], of: target, in: shell) }
            let choices = containers.map { Choice(title: $0.name, note: $0.image) }
            shell.compositor.push(
                ChoiceLayer(title: "Container", choices: choices, shell: shell) { index in ask(containers[index], of: target, in: shell) })
            shell.setNeedsDisplay()
        }
    }

    private static func containers(of object: KubernetesObject) -> [Container] {
        let spec = object.kind == "Pod" ? object.spec : object.spec["template"]?["spec"] ?? .null
        return ["containers", "initContainers"].flatMap { list in
            (spec[list]?.arrayValue ?? []).map {
                Container(list: list, name: $0["name"]?.stringValue ?? "", image: $0["image"]?.stringValue ?? "")
            }
        }
    }

    private static func ask(_ container: Container, of target: ObjectTarget, in shell: Shell) {
        var question = ConfirmationLayer.Question(
            title: "Set image", text: ["Set the image of container \(container.name) of \(target.text)."],
            requests: [write(container, "…", target).request], verb: "Set"
        )
        question.field = .init(label: "Image", text: container.image, isEdited: true)
        shell.ask(
            question, about: target, validate: problem, writes: { [write(container, $0, target)] }, done: "Set the image of"
        )
    }

    /// What is wrong with the name of an image as far as can be told here.
    static func problem(_ image: String) -> String? {
        image.isEmpty || image.contains(" ") ? "an image, such as registry/name:tag" : nil
    }

    private static func write(_ container: Container, _ image: String, _ target: ObjectTarget) -> Write {
        let pod: JSONValue = ["spec": .object([container.list: [["name": .string(container.name), "image": .string(image)]]])]
        return .patching(target, with: .strategicMerge(target.resource.name == "pods" ? pod : ["spec": ["template": pod]]))
    }
}
