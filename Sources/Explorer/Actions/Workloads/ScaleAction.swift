import KubernetesClient
import KubernetesModel
import TextUI

enum ScaleAction {
    /// Asks for the number of replicas, the present one filled in.
    static func start(_ targets: [ObjectTarget], in shell: Shell) {
        guard let first = targets.first else { return }
        shell.reading(of: shell.session(of: first)) { client in
            try await client.get(first.resource.gvr, namespace: first.namespace, name: first.name, subresource: "scale")
        } then: { scale in
            ask(targets, current: scale.spec["replicas"]?.intValue ?? 0, in: shell)
        }
    }

    private static func ask(_ targets: [ObjectTarget], current: Int, in shell: Shell) {
        var question = ConfirmationLayer.Question(
            title: "Scale",
            text: [
                targets.count == 1 ? "Scale \(targets.what), now at \(current)." : "Scale \(targets.what). The first is at \(current) now."
            ],
            requests: Shell.listed(targets.map { "PATCH \($0.path)/scale {\"spec\":{\"replicas\":…}}" }), verb: "Scale"
        )
        question.field = .init(label: "Replicas", text: "\(current)")
        shell.ask(
            question, about: targets[0], validate: problem,
            writes: { text in Int(text).map { count in targets.map { write($0, count) } } ?? [] }, done: "Scaled")
    }

    private static func problem(_ text: String) -> String? {
        guard let count = Int32(text), count >= 0 else { return "a number from 0 to \(Int32.max)" }
        return nil
    }

    private static func write(_ target: ObjectTarget, _ replicas: Int) -> Write {
        .patching(target, subresource: "scale", with: .merge(["spec": ["replicas": JSONValue(replicas)]]))
    }
}
