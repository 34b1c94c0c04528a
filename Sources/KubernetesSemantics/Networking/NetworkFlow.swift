/// A connection after Services were resolved: policies never see a Service's address or port.
package struct NetworkFlow: Sendable, Hashable {
    package enum End: Sendable, Hashable {
        case pod(NetworkedPod)
        /// Anything that is no pod of the cluster: a node, or an address outside.
        case address(String)
    }

    package var source: End
    package var destination: End
    /// The destination pod's port.
    package var port: Int
    package var `protocol`: TransportProtocol

    package init(from source: End, to destination: End, port: Int, protocol: TransportProtocol) {
        self.source = source
        self.destination = destination
        self.port = port
        self.protocol = `protocol`
    }
}

extension NetworkFlow.End {
    package var pod: NetworkedPod? {
        if case .pod(let pod) = self { pod } else { nil }
    }

    package var addresses: [String] {
        switch self {
        case .pod(let pod): pod.addresses
        case .address(let address): [address]
        }
    }
}
