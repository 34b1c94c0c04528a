import KubernetesModel
import NIOHTTP1

/// A connection to one port of a pod.
package final class PortForwardConnection: Sendable {
    private let session: SocketSession<PortForwardMachine>

    init(_ session: SocketSession<PortForwardMachine>) {
        self.session = session
    }

    /// What came since the last call; waits for something. Nil at the end.
    package func next() async -> [PortForwardEvent]? {
        await session.next()
    }

    /// False: the connection is gone.
    @discardableResult
    package func write(_ bytes: [UInt8]) async -> Bool {
        await session.send(PortForwardMachine.data(bytes))
    }

    package func close() {
        session.close()
    }
}

extension ClusterClient {
    /// Connects to a port of a pod. A connection carries one stream of bytes, as one TCP connection does.
    package func connect(pod: String, namespace: String, port: Int) async throws(ClientError) -> PortForwardConnection {
        var call = call(.portForward, .GET, GroupVersionResource(resource: "pods"), namespace, pod, "portforward")
        call.query = [("ports", String(port))]
        let (socket, _) = try await openSocket(call, subprotocols: PortForwardMachine.subprotocols)
        return PortForwardConnection(SocketSession(socket, PortForwardMachine()))
    }
}
