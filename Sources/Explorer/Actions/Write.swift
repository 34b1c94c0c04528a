import KubernetesClient
import KubernetesModel
import TextUI

/// One change to one object, as it is shown before and reported after.
struct Write {
    let target: ObjectTarget
    /// The exact request: method and path, and the body where it is short.
    let request: String
    let send: (ClusterClient) async throws -> Void
}

extension Shell {
    /// Asks as the context's guard demands, then sends the writes one after the other and reports how that went.
    /// - Parameters:
    ///   - verb: what the button says: `Delete`.
    ///   - done: the past tense for the report: `Deleted`.
    ///   - details: what will differ, and the like.
    ///   - isDestructive: asks even where the guard is open.
    ///   - onCancel: called when the person is asked and declines.
    func confirm(
        _ writes: [Write], verb: String, done: String, text: [String], details: [StyledText] = [], isDestructive: Bool = false,
        onCancel: @escaping () -> Void = {}
    ) {
        guard let first = writes.first else { return }
        if session.guardLevel == .open, !isDestructive { return send(writes, done: done) }
        let question = ConfirmationLayer.Question(
            title: verb, text: text, details: details, requests: Self.listed(writes.map(\.request)), verb: verb,
            typedName: session.guardLevel == .strict ? first.target.name : nil
        )
        let layer = ConfirmationLayer(question, shell: self) { [weak self] _ in self?.send(writes, done: done) }
        layer.onCancel = onCancel
        compositor.push(layer)
    }

    /// Ten at most: a dialog has to fit the screen.
    static func listed(_ requests: [String]) -> [String] {
        requests.count <= 10 ? requests : requests.prefix(9) + ["… and \(requests.count - 9) more"]
    }

    func send(_ writes: [Write], done: String) {
        let client = session.client
        work.run { [weak self] in
            var failures: [String] = []
            for write in writes {
                do {
                    try await write.send(client)
                } catch {
                    failures.append("\(error)")
                }
            }
            let succeeded = writes.count - failures.count
            if let failure = failures.first {
                self?.report(.error, writes.count == 1 ? failure : "\(succeeded) of \(writes.count) succeeded; \(failure)")
            } else {
                self?.report(.info, writes.count == 1 ? "\(done) \(writes[0].target.text)" : "\(done) \(writes.count) objects")
            }
        }
    }
}

extension ObjectTarget {
    var path: String { resource.gvr.path(namespace: namespace, name: name) }
}
