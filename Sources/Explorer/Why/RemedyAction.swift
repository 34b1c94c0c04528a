import KubernetesClient
import KubernetesModel
import TextUI
import Troubleshooting

/// Repairs a cause: shows what the server's dry run would change, asks, applies it, and shows whether it worked.
enum RemedyAction {
    static func start(_ finding: Finding, in shell: Shell) {
        let session = shell.session
        let troubleshooter = Troubleshooter(session.client, now: shell.now)
        shell.report(.info, "Asking the server what the repair would change …")
        shell.reading(of: session) { _ in
            try await troubleshooter.preview(finding.remedy)?.diff ?? []
        } then: { difference in
            ask(finding, difference, troubleshooter, of: session, in: shell)
        }
    }

    private static func ask(
        _ finding: Finding, _ difference: [LineDiff.Line], _ troubleshooter: Troubleshooter, of session: ClusterSession, in shell: Shell
    ) {
        guard let change = finding.remedy.change, let resource = session.catalog.resource(change.resource) else {
            return shell.report(.warning, "The repair is about a resource that the server does not serve")
        }
        let target = ObjectTarget(resource: resource, namespace: change.object.namespace, name: change.object.name, in: session)
        shell.clearReport()
        let write = Write(target: target, request: "PATCH \(target.path)") { [weak shell] _ in
            try await troubleshooter.apply(finding.remedy)
            guard let shell else { return nil }
            let screen = RepairScreen(finding, progress: troubleshooter.progress(of: finding), of: session, shell: shell)
            shell.push(screen, of: session)
            return nil
        }
        shell.confirm(
            [write], verb: "Fix", done: "Repaired", text: SafeText.lines(finding.remedy.summary),
            details: DiffText(theme: shell.theme).lines(difference), isDestructive: true
        )
    }
}
