import KubernetesClient
import KubernetesModel
import TextUI

/// Puts a container with tools into a running pod, beside the one to look at, and gives it the terminal.
enum DebugAction {
    static let standardImage = "busybox"

    /// - Parameter container: the one whose processes are to be seen; nil asks where there are several.
    static func start(_ target: ObjectTarget, container: String?, in shell: Shell) {
        if let container { return ask(container, of: shell.bound(target), in: shell) }
        shell.reading(target) { pod, target in
            let names = (pod.spec["containers"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            guard names.count > 1 else { return ask(names.first ?? "", of: target, in: shell) }
            shell.compositor.push(
                ChoiceLayer(title: "Debug container", choices: names.map { Choice(title: $0) }, shell: shell) { index in
                    ask(names[index], of: target, in: shell)
                })
            shell.setNeedsDisplay()
        }
    }

    private static func ask(_ container: String, of target: ObjectTarget, in shell: Shell) {
        let name = "debugger-\(RandomName.suffix())"
        func write(_ image: String) -> Write {
            Self.write(DebugContainer(name: name, image: image, target: container), to: target, in: shell)
        }
        var question = ConfirmationLayer.Question(
            title: "Debug",
            text: [
                "Add a container to \(target.text) that sees the processes of container \(container).",
                "It stays until the pod goes.",
            ],
            requests: [write("…").request], verb: "Debug"
        )
        question.field = .init(label: "Image", text: standardImage, isEdited: true)
        shell.ask(question, about: target, validate: ImageAction.problem, writes: { [write($0)] }, done: "Put a debugger into")
    }

    private static func write(_ container: DebugContainer, to target: ObjectTarget, in shell: Shell) -> Write {
        let patch = Patch.strategicMerge(container.patch)
        return Write(target: target, request: "PATCH \(target.path)/ephemeralcontainers \(patch.document)", effect: .other) {
            [weak shell] client in
            _ = try await client.patch(
                target.resource.gvr, namespace: target.namespace, name: target.name, subresource: "ephemeralcontainers", with: patch
            )
            if let shell { attach(to: container, of: target, in: shell) }
            return nil
        }
    }

    private static func attach(to container: DebugContainer, of target: ObjectTarget, in shell: Shell) {
        let session = shell.session(of: target)
        shell.wait("Debug \(target.name)", "Waiting for container \(container.name) …") { [weak shell] layer in
            let wait = PodWait(target: target, session: session) { .init(container: container.name, of: $0) }
            let pod = try await wait.run { layer.lines = [$0] }
            guard let shell else { return }
            shell.dismiss(layer)
            await ContainerSession.run(.attach, in: target, pod, container.name, shell: shell)
        }
    }
}

/// A container that is put into a running pod.
struct DebugContainer: Equatable {
    let name: String
    let image: String
    /// The container whose processes it sees.
    let target: String

    /// For the pod's `ephemeralcontainers`.
    var patch: JSONValue {
        var container: JSONObject = ["name": .string(name), "image": .string(image), "stdin": true, "tty": true]
        if !target.isEmpty { container["targetContainerName"] = .string(target) }
        return ["spec": ["ephemeralContainers": [.object(container)]]]
    }
}

/// Endings of names, as Kubernetes makes them.
enum RandomName {
    /// No vowels, so that no words come out, and nothing that looks like something else.
    private static let letters = Array("bcdfghjklmnpqrstvwxz2456789")

    static func suffix(length: Int = 5) -> String {
        String((0..<length).compactMap { _ in letters.randomElement() })
    }
}
