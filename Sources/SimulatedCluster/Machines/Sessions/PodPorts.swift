import KubernetesSemantics

/// The ports of one pod as a port-forward reaches them: from within its network, past all policies.
struct PodPorts {
    let network: PodNetwork
    let runner: ProcessRunner
    /// As the runtime names the pod's network.
    let sandbox: String

    /// Connects to a port.
    /// - Returns: nil when nobody listens there.
    func connect(
        to port: Int, of session: DuplexSession, send: @escaping ([UInt8]) -> Void, whenClosed: @escaping () -> Void
    ) -> PodConnection? {
        guard let listener = network.listener(port: port, transport: .tcp) else { return nil }
        return PodConnection(
            to: listener, runner: runner, send: send, hasRoom: { session.outbound.hasRoom }, whenClosed: whenClosed)
    }

    /// What the kubelet says of a port where nobody listens.
    func refusal(of port: Int) -> String {
        "error forwarding port \(port) to pod \(sandbox), uid : failed to execute portforward in network namespace "
            + "\"/var/run/netns/cni-\(sandbox.prefix(8))\": failed to connect to localhost:\(port) inside namespace \"\(sandbox)\", "
            + "IPv4: dial tcp4 127.0.0.1:\(port): connect: connection refused "
            + "IPv6 dial tcp6 [::1]:\(port): connect: connection refused "
    }
}
