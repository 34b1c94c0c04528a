import KubernetesClient
import KubernetesModel

extension Shell {
    /// Reads an object for an action, which is given the target as bound to its cluster; a failure is reported, and the action ends.
    func reading(_ target: ObjectTarget, then act: @escaping (KubernetesObject, ObjectTarget) -> Void) {
        let target = bound(target)
        reading(of: session(of: target)) {
            try await target.read($0)
        } then: {
            act($0, target)
        }
    }

    /// Reads what an action has to know before it asks. Whoever has left the cluster meanwhile is asked nothing any more.
    /// - Parameter prefix: what a report of a failure begins with.
    func reading<Found>(
        of session: ClusterSession, after prefix: String = "", _ read: @escaping (ClusterClient) async throws -> Found,
        then act: @escaping (Found) async throws -> Void
    ) {
        work.run { [weak self] in
            do {
                let found = try await read(session.client)
                guard let self else { return }
                guard sessions.contains(session) else {
                    return report(.info, "Nothing more is done in \(session.contextName): it was left")
                }
                try await act(found)
            } catch {
                guard let self, sessions.contains(session) else { return }
                report(error, after: prefix)
            }
        }
    }
}
