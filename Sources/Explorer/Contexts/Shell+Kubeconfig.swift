import KubernetesClient
import TextUI
import Troubleshooting

/// Changing the kubeconfig: what would be written is shown first.
extension Shell {
    func renameContext(_ name: String) {
        compositor.push(
            PromptLayer(label: "Rename \(name) to: ", text: name, shell: self, suggestions: { _ in [] }) { [weak self] new in
                guard let self, !new.isEmpty, new != name else { return }
                changeKubeconfig(of: name, verb: "Rename", question: "Rename context \(name) to \(new)?") { kubeconfig in
                    try kubeconfig.renamingContext(name, to: new)
                } then: { shell in
                    shell.contexts = shell.contexts.map { old in
                        old.name == name ? .init(name: new, cluster: old.cluster, user: old.user, namespace: old.namespace) : old
                    }
                    return "Renamed context \(name) to \(new)"
                }
            })
        setNeedsDisplay()
    }

    func deleteContext(_ name: String) {
        changeKubeconfig(of: name, verb: "Delete", question: "Delete context \(name)? Its cluster and its user stay in the file.") {
            kubeconfig in
            try kubeconfig.removingContext(name)
        } then: { shell in
            shell.contexts.removeAll { $0.name == name }
            return "Deleted context \(name)"
        }
    }

    /// - Parameter then: told after the file was written; returns what to report.
    private func changeKubeconfig(
        of context: String, verb: String, question: String, change: (KubeconfigText) throws -> String, then: @escaping (Shell) -> String
    ) {
        guard let file = options.fileOfContext(context) else { return report(.error, "No kubeconfig file has the context \(context)") }
        do {
            let kubeconfig = try KubeconfigText(file: file)
            let new = try change(kubeconfig)
            let question = ConfirmationLayer.Question(
                title: verb, text: [question], details: DiffText(theme: theme).lines(Self.difference(kubeconfig.text, new)),
                requests: ["write \(file)"], verb: verb
            )
            compositor.push(
                ConfirmationLayer(question, shell: self) { [weak self] _ in
                    guard let self else { return }
                    do {
                        try kubeconfig.write(new, to: file)
                        report(.info, then(self))
                    } catch {
                        report(error)
                    }
                })
            setNeedsDisplay()
        } catch {
            report(error)
        }
    }

    /// Only what changes: the lines around may hold keys and tokens.
    private static func difference(_ old: String, _ new: String) -> [LineDiff.Line] {
        func lines(_ text: String) -> [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
        return LineDiff.lines(from: lines(old), to: lines(new), context: 0)
    }
}
