import Yams

extension NodeShellSettings {
    /// Reads `shellPod`; what is missing stays as it is without it.
    init(_ node: Node, _ document: inout SettingsDocument) {
        self.init()
        for (name, value) in document.entries(of: node) {
            switch name {
            case "image": image = value.string ?? image
            case "namespace": namespace = value.string ?? namespace
            case "command": command = value.sequence.map { $0.compactMap(\.string) } ?? []
            case "limits": limits = Dictionary(document.entries(of: value).map { ($0.name, $0.value.string ?? "") }) { $1 }
            default: document.report(value, "shellPod.\(name) is no setting; there are image, namespace, command and limits")
            }
        }
    }
}
