import KubernetesClient
import KubernetesModel
import TextUI
import Troubleshooting

/// Repairs a cause: shows what the server's dry run would change, asks, applies it, and looks whether it worked.
enum RemedyAction {
    static func start(_ finding: Finding, in shell: Shell) {
        let troubleshooter = Troubleshooter(shell.session.client, now: shell.now)
        shell.report(.info, "Asking the server what the repair would change …")
        shell.work.run { [weak shell] in
            guard let shell else { return }
            do {
                let preview = try await troubleshooter.preview(finding.remedy)
                ask(finding, preview, troubleshooter, in: shell)
            } catch {
                shell.report(.error, "\(error)")
            }
        }
    }

    private static func ask(_ finding: Finding, _ preview: RemedyPreview?, _ troubleshooter: Troubleshooter, in shell: Shell) {
        guard let change = finding.remedy.change, let resource = shell.session.catalog.resource(change.resource) else {
            return shell.report(.warning, "The repair is about a resource that the server does not serve")
        }
        let target = ObjectTarget(resource: resource, namespace: change.object.namespace, name: change.object.name)
        let diff = (preview?.diff ?? []).map { SafeText.line($0.text) }.shortened(to: 16)
        let write = Write(target: target, request: "PATCH \(target.path)") { _ in
            try await troubleshooter.apply(finding.remedy)
            verify(finding, troubleshooter, in: shell)
        }
        shell.confirm([write], verb: "Fix", done: "Repaired", text: [finding.remedy.summary, ""] + diff, isDestructive: true)
    }

    /// In the background, until the cluster is left: a repair may take its time to show.
    private static func verify(_ finding: Finding, _ troubleshooter: Troubleshooter, in shell: Shell) {
        let verification = shell.work.run { [weak shell] in
            let outcome = await troubleshooter.awaitVerification(finding)
            guard !Task.isCancelled else { return }
            switch outcome {
            case .repaired: shell?.report(.info, "It worked: \(finding.verification.invariant)")
            case .pending(let missing): shell?.report(.warning, "Not well yet: \(missing)")
            }
        }
        shell.session.watching.append(verification)
    }
}
