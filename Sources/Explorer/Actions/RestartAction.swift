import KubernetesClient
import KubernetesModel

/// Restarts all pods of a workload one after the other, as `kubectl rollout restart` does: by an annotation on the pod template.
enum RestartAction {
    static func applies(to resource: APIResource) -> Bool {
        resource.group == "apps" && ["deployments", "statefulsets", "daemonsets"].contains(resource.name)
    }

    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        let time = KubernetesTime.seconds(shell.now())
        let annotation: JSONValue = ["kubectl.kubernetes.io/restartedAt": .string(time)]
        let patch: JSONValue = ["spec": ["template": ["metadata": ["annotations": annotation]]]]
        let writes = targets.map { target in
            Write(target: target, request: "PATCH \(target.path) \(patch)") { client in
                _ = try await client.patch(
                    target.resource.gvr, namespace: target.namespace, name: target.name, with: .strategicMerge(patch),
                    options: WriteOptions(fieldManager: "kubectl-rollout")
                )
            }
        }
        let what = targets.count == 1 ? targets[0].text : "\(targets.count) \(targets[0].resource.name)"
        shell.confirm(writes, verb: "Restart", done: "Restarted", text: ["Restart \(what)? Its pods are replaced, a few at a time."])
    }
}
