import KubernetesClient
import KubernetesModel
import TextUI

enum ScaleAction {
    /// Asks for the number of replicas, the present one filled in.
    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        guard let first = targets.first else { return }
        let client = shell.session.client
        shell.work.run { [weak shell] in
            do {
                let scale = try await client.get(
                    first.resource.gvr, namespace: first.namespace, name: first.name, subresource: "scale"
                )
                shell.map { ask(targets, current: scale.spec["replicas"]?.intValue ?? 0, in: $0) }
            } catch {
                shell?.report(.error, "\(error)")
            }
        }
    }

    private static func ask(_ targets: [ObjectTarget], current: Int, in shell: Shell) {
        let what = targets.count == 1 ? targets[0].text : "\(targets.count) \(targets[0].resource.name)"
        var question = ConfirmationLayer.Question(
            title: "Scale", text: ["Scale \(what), now at \(current)."],
            requests: Shell.listed(targets.map { "PATCH \($0.path)/scale {\"spec\":{\"replicas\":…}}" }), verb: "Scale"
        )
        question.field = ("Replicas", "\(current)")
        let layer = ConfirmationLayer(question, shell: shell, validate: problem) { [weak shell] text in
            guard let shell, let replicas = Int(text) else { return }
            let writes = targets.map { write($0, replicas) }
            // The dialog has shown the request; only a guarded context asks once more, for the name.
            if shell.session.guardLevel == .strict {
                shell.confirm(writes, verb: "Scale", done: "Scaled", text: ["Scale \(what) to \(replicas)?"])
            } else {
                shell.send(writes, done: "Scaled to \(replicas):")
            }
        }
        shell.compositor.push(layer)
        shell.setNeedsDisplay()
    }

    private static func problem(_ text: String) -> String? {
        guard let count = Int(text), count >= 0 else { return "a number, 0 or more" }
        return nil
    }

    private static func write(_ target: ObjectTarget, _ replicas: Int) -> Write {
        let patch: JSONValue = ["spec": ["replicas": JSONValue(replicas)]]
        return Write(target: target, request: "PATCH \(target.path)/scale \(patch)") { client in
            _ = try await client.patch(
                target.resource.gvr, namespace: target.namespace, name: target.name, subresource: "scale", with: .merge(patch)
            )
        }
    }
}
