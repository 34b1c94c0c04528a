import KubernetesClient
import KubernetesModel
import TextUI
import Troubleshooting

/// Brings back an earlier pod template of a workload.
enum RollbackAction {
    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        let session = shell.session(of: targets[0])
        shell.reading(targets[0]) { object, target in
            if object.kind == "ReplicaSet" { return rollBack(to: object, session, in: shell) }
            shell.reading(of: session) { client in
                var revisions: [Candidate] = []
                for revision in try await WorkloadRevision.all(of: object, client) {
                    revisions.append(await Candidate(revision, for: object))
                }
                return revisions
            } then: { revisions in
                choose(revisions, of: target, in: shell)
            }
        }
    }

    /// As K9s does it: the ReplicaSet under the cursor is what its Deployment goes back to.
    private static func rollBack(to replicaSet: KubernetesObject, _ session: ClusterSession, in shell: Shell) {
        guard let owner = replicaSet.metadata.controller, owner.kind == "Deployment",
            let revision = WorkloadRevision(replicaSet: replicaSet),
            let resource = session.catalog.resource(GroupVersionResource(group: "apps", version: "v1", resource: "deployments"))
        else { return shell.report(.warning, "\(replicaSet.name) belongs to no Deployment") }
        let target = ObjectTarget(resource: resource, namespace: replicaSet.namespace, name: owner.name, in: session)
        shell.reading(target) { object, target in
            shell.reading(of: session) { _ in
                await Candidate(revision, for: object)
            } then: { candidate in
                confirm(candidate, of: target, in: shell)
            }
        }
    }

    /// What a workload may go back to, and what that would change.
    private struct Candidate {
        let revision: WorkloadRevision
        let difference: [LineDiff.Line]

        init(_ revision: WorkloadRevision, for object: KubernetesObject) async {
            self.revision = revision
            difference = await LineDiff.lines(from: object.spec["template"], to: revision.template, context: 2)
        }
    }

    private static func choose(_ revisions: [Candidate], of target: ObjectTarget, in shell: Shell) {
        guard revisions.count > 1 else { return shell.report(.info, "\(target.text) has no earlier revision") }
        let choices = revisions.map(\.revision).enumerated().map { index, revision in
            let age = revision.created.map { HumanDuration.text(since: $0, now: shell.now()) + " ago" } ?? ""
            let title = "\(revision.number)  \(revision.images.joined(separator: " "))"
            return Choice(title: title, note: index == 0 ? "current" : age, isEnabled: index > 0)
        }
        shell.compositor.push(
            ChoiceLayer(title: "Roll back \(target.name) to", choices: choices, selected: 1, shell: shell) { index in
                confirm(revisions[index], of: target, in: shell)
            })
        shell.setNeedsDisplay()
    }

    private static func confirm(_ candidate: Candidate, of target: ObjectTarget, in shell: Shell) {
        let revision = candidate.revision
        guard !candidate.difference.isEmpty else { return shell.report(.info, "\(target.text) is at revision \(revision.number) already") }
        let operation: JSONValue = ["op": "replace", "path": "/spec/template", "value": revision.template]
        let write = Write(target: target, request: "PATCH \(target.path) [{\"op\":\"replace\",\"path\":\"/spec/template\",…}]") { client in
            try await client.patch(
                target.resource.gvr, namespace: target.namespace, name: target.name, with: .json([operation]),
                options: WriteOptions(fieldManager: "fathom-rollback")
            )
        }
        shell.confirm(
            [write], verb: "Roll back", done: "Rolled back", text: ["Roll \(target.text) back to revision \(revision.number)?"],
            details: DiffText(theme: shell.theme).lines(candidate.difference), isDestructive: true
        )
    }
}
