import KubernetesClient
import KubernetesModel

/// The ports of this machine that lead into the session's cluster.
final class PortForwards {
    private(set) var all: [Forward] = []
    private let client: ClusterClient

    init(_ client: ClusterClient) {
        self.client = client
    }

    func begin(_ specification: ForwardSpecification, at now: Instant, onChange: @escaping @Sendable @MainActor () -> Void) async throws {
        let pods = ForwardedPods(specification, client: client)
        let forwarder = try await PortForwarder(
            client, address: specification.address, port: specification.localPort, destination: { try await pods.next() },
            onChange: { Task { @MainActor in onChange() } }
        )
        all.append(Forward(specification: specification, forwarder: forwarder, begin: now))
    }

    func stop(at index: Int) {
        guard all.indices.contains(index) else { return }
        all.remove(at: index).forwarder.stop()
    }

    func stopAll() {
        all.forEach { $0.forwarder.stop() }
        all = []
    }

    struct Forward {
        let specification: ForwardSpecification
        let forwarder: PortForwarder
        let begin: Instant
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
}
