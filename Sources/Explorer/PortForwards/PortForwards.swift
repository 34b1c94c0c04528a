import KubernetesClient
import KubernetesModel

/// The ports of this machine that lead into the session's cluster.
final class PortForwards {
    private(set) var all: [Forward] = []
    private let client: ClusterClient
    private var isEnded = false

    init(_ client: ClusterClient) {
        self.client = client
    }

    /// Nil when the session has ended meanwhile.
    func begin(
        _ specification: ForwardSpecification, at now: Instant, onChange: @escaping @Sendable @MainActor () -> Void
    ) async throws -> Forward? {
        let pods = ForwardedPods(specification, client: client)
        var specification = specification
        // Its pod may be gone when it is forwarded again.
        if specification.labelSelector == nil { specification.labelSelector = await pods.labelSelector() }
        let forwarder = try await PortForwarder(
            client, address: specification.address, port: specification.localPort, destination: { try await pods.next() },
            onChange: { Task { @MainActor in onChange() } }
        )
        guard !isEnded else {
            forwarder.stop()
            return nil
        }
        let forward = Forward(specification: specification, forwarder: forwarder, begin: now)
        all.append(forward)
        return forward
    }

    func stop(_ forward: Forward) {
        all.removeAll { $0.id == forward.id }
        forward.forwarder.stop()
    }

    /// Ends them with the session: none is begun any more.
    func stopAll() {
        isEnded = true
        all.forEach { $0.forwarder.stop() }
        all = []
    }

    struct Forward {
        let specification: ForwardSpecification
        let forwarder: PortForwarder
        let begin: Instant

        var id: ObjectIdentifier { ObjectIdentifier(forwarder) }

        /// The pod it leads to: that of the latest connection, before the first the one that was asked for.
        var pod: ObjectKey {
            ObjectKey(namespace: specification.target.namespace, name: forwarder.activity.destination?.pod ?? specification.target.name)
        }
    }
}

/// What a port leads to.
struct ForwardSpecification: Hashable, Sendable {
    let target: ObjectTarget
    /// A number, or the name of a container's port.
    let port: String
    let address: String
    /// 0 takes a free one.
    let localPort: Int
    /// By which the pods that take the target's place are found; nil until that was asked.
    var labelSelector: String?
}
