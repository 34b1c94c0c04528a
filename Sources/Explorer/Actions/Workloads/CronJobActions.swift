import KubernetesClient
import KubernetesModel
import TextUI

/// What a CronJob can be told to do.
enum CronJobActions {
    private static let kinds = ObjectAction.Kinds.named(["cronjobs.batch"])
    private static let jobs = GroupVersionResource(group: "batch", version: "v1", resource: "jobs")

    static let all: [ObjectAction] = [
        ObjectAction(
            binding: Binding("object.trigger", "t", title: "trigger", section: .resource, footer: true), kinds: kinds,
            rights: [Right("get"), Right("create", of: jobs.groupResource)], run: trigger
        ),
        ObjectAction(
            binding: Binding("object.suspend", "s", title: "suspend or resume", section: .resource, footer: true), kinds: kinds,
            rights: [Right("patch")], isForMany: false, run: toggleSuspension
        ),
    ]

    private static func trigger(_ targets: [ObjectTarget], in shell: Shell) {
        let writes = targets.map { target in
            Write(target: target, request: "POST \(jobs.path(namespace: target.namespace))", effect: .other) { client in
                let cronJob = try await client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
                _ = try await client.create(job(of: cronJob), as: jobs, namespace: target.namespace)
                return nil
            }
        }
        shell.confirm(writes, verb: "Trigger", done: "Triggered", text: ["Run \(targets.what) now?"])
    }

    /// A job as the controller would make it, with the annotation by which kubectl marks those made by hand.
    static func job(of cronJob: KubernetesObject) -> KubernetesObject {
        let template = cronJob.spec["jobTemplate"]
        var metadata = template?["metadata"]?.objectValue ?? [:]
        // What the server adds to a name that is too long for it is five characters.
        metadata["generateName"] = .string(cronJob.name.prefix(50) + "-manual-")
        var annotations = metadata["annotations"]?.objectValue ?? [:]
        annotations["cronjob.kubernetes.io/instantiate"] = "manual"
        metadata["annotations"] = .object(annotations)
        metadata["ownerReferences"] = [
            [
                "apiVersion": "batch/v1", "kind": "CronJob", "name": .string(cronJob.name), "uid": .string(cronJob.uid), "controller": true,
                "blockOwnerDeletion": true,
            ]
        ]
        return KubernetesObject([
            "apiVersion": "batch/v1", "kind": "Job", "metadata": .object(metadata), "spec": template?["spec"] ?? [:],
        ])
    }

    private static func toggleSuspension(_ targets: [ObjectTarget], in shell: Shell) {
        shell.reading(targets[0]) { object, target in
            let isSuspended = object.spec["suspend"]?.boolValue ?? false
            let patch: JSONValue = ["spec": ["suspend": .bool(!isSuspended)]]
            shell.confirm(
                [.patching(target, with: .merge(patch))], verb: isSuspended ? "Resume" : "Suspend",
                done: isSuspended ? "Resumed" : "Suspended",
                text: [isSuspended ? "Resume \(targets.what)?" : "Suspend \(targets.what)? It starts no more jobs until it is resumed."]
            )
        }
    }
}
