import Yams

extension NodeShellSettings {
    /// Reads `shellPod`; what is missing stays as it is without it.
    init(_ node: Node, _ document: inout SettingsDocument) {
        self.init()
        for (name, value) in document.entries(of: node, named: "shellPod") {
            switch name {
            case "image": image = document.text(value, of: "shellPod.image") ?? image
            case "namespace": namespace = document.text(value, of: "shellPod.namespace") ?? namespace
            case "command": command = document.texts(value, of: "shellPod.command")
            case "limits":
                limits = Dictionary(document.entries(of: value, named: "shellPod.limits").map { ($0.name, $0.value.string ?? "") }) { $1 }
            default: document.report(value, "shellPod.\(name) is no setting; there are image, namespace, command and limits")
            }
        }
    }
}
