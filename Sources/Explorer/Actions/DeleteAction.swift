import KubernetesClient
import KubernetesModel

enum DeleteAction {
    static func start(_ targets: [ObjectTarget], gracePeriodSeconds: Int?, in shell: Shell) {
        let grace = gracePeriodSeconds.map { ",\"gracePeriodSeconds\":\($0)" } ?? ""
        let body = "{\"propagationPolicy\":\"Background\"\(grace)}"
        let writes = targets.map { target in
            Write(target: target, request: "DELETE \(target.path) \(body)", effect: .deletes) { client in
                try await client.delete(
                    target.resource.gvr, namespace: target.namespace, name: target.name,
                    options: DeleteOptions(propagation: .background, gracePeriodSeconds: gracePeriodSeconds)
                )
            }
        }
        let haste = gracePeriodSeconds.map { " with a grace period of \($0) s" } ?? ""
        shell.confirm(
            writes, verb: gracePeriodSeconds == nil ? "Delete" : "Kill", done: "Deleted",
            text: ["Delete \(targets.what)\(haste)?", "What it owns is deleted too, in the background."], isDestructive: true
        )
    }
}
