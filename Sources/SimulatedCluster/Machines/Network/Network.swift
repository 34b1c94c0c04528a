import KubernetesModel
import KubernetesSemantics

/// The cluster's network: decides what becomes of a packet in the order of a real node — Service rules of the client's node,
/// egress policies of the source, ingress policies of the destination, a listening socket.
final class Network {
    enum Source {
        case pod(PodNetwork)
        /// A node itself, as the kubelet's probes come from; policies don't keep a node from its own pods.
        case node(String)

        /// As a server of a pod at a place sees it: a node comes in by the first address of its pods.
        func address(at host: IPv4) -> IPv4 {
            switch self {
            case .pod(let pod): pod.address
            case .node: IPv4(host.value & 0xFFFF_FF00 | 1)
            }
        }
    }

    enum Path {
        case open(Process)
        /// Somebody says no, at once.
        case refused
        /// Nobody says anything.
        case dropped
        /// The API server's own address.
        case apiServer
    }

    private static let watched: Set<GroupResource> = [
        Resource.services, Resource.endpointSlices, Resource.networkPolicies, Resource.namespaces,
    ]

    private let view: ClusterView
    private let random: Randomness
    private var pods: [IPv4: PodNetwork] = [:]
    private var nodes: Set<IPv4> = []
    /// Made anew when an object changed that it was made from.
    private var routing: ServiceRouting?
    private var policies: NetworkPolicyEvaluator?

    init(view: ClusterView, random: Randomness) {
        self.view = view
        self.random = random
        view.store.observe { [weak self] change in
            if Self.watched.contains(change.resource) { self?.forgetRules() }
        }
    }

    func attach(_ pod: PodNetwork) {
        pods[pod.address] = pod
    }

    func detach(_ pod: PodNetwork) {
        if pods[pod.address] === pod { pods[pod.address] = nil }
    }

    func attachNode(_ address: IPv4) {
        nodes.insert(address)
    }

    func isTaken(_ address: IPv4) -> Bool {
        pods[address] != nil
    }

    func path(from source: Source, to address: SocketAddress) -> Path {
        let node =
            switch source {
            case .pod(let pod): pod.node
            case .node(let name): name
            }
        switch serviceRules().verdict(to: address.host.description, port: address.port, protocol: address.transport, from: node) {
        case .notAService: return deliver(from: source, to: address)
        case .rejected: return .refused
        case .noSuchPort, .dropped: return .dropped
        case .endpoints(let service, let targets):
            guard let target = random.pick(from: targets), let host = IPv4(target.address) else { return .dropped }
            if service == ObjectKey(namespace: "default", name: "kubernetes"), target.pod == nil { return .apiServer }
            return deliver(from: source, to: SocketAddress(host: host, port: target.port, transport: address.transport))
        }
    }

    /// Whether a pod or a machine answers: Services are rules for ports, nobody is at their addresses.
    func answersPing(from source: PodNetwork, _ host: IPv4) -> Bool {
        if host.value >> 24 == 127 || host == source.address { return true }
        guard let target = pods[host] else { return nodes.contains(host) }
        return admits(source, target, SocketAddress(host: host, port: 0))
    }

    /// The way after the Service's address was replaced by a pod's.
    private func deliver(from source: Source, to address: SocketAddress) -> Path {
        if address.host.value >> 24 == 127, case .pod(let pod) = source {
            return pod.listener(port: address.port, transport: address.transport).map(Path.open) ?? .refused
        }
        let target = pods[address.host]
        if case .pod(let pod) = source, !admits(pod, target, address) { return .dropped }
        guard let target else { return nodes.contains(address.host) ? .refused : .dropped }
        return target.listener(port: address.port, transport: address.transport).map(Path.open) ?? .refused
    }

    private func admits(_ source: PodNetwork, _ target: PodNetwork?, _ address: SocketAddress) -> Bool {
        // A pod always reaches itself.
        if source === target { return true }
        let flow = NetworkFlow(
            from: end(source), to: target.map(end) ?? .address(address.host.description), port: address.port,
            protocol: address.transport)
        return policyRules().verdict(flow).isAdmitted
    }

    private func end(_ pod: PodNetwork) -> NetworkFlow.End {
        guard let object = view.get(Resource.pods, pod.pod) else { return .address(pod.address.description) }
        return .pod(NetworkedPod(object))
    }

    // MARK: Rules

    private func forgetRules() {
        routing = nil
        policies = nil
    }

    private func serviceRules() -> ServiceRouting {
        if let routing { return routing }
        let rules = ServiceRouting(
            services: view.list(Resource.services).map { RoutedService($0) },
            slices: view.list(Resource.endpointSlices).map { RoutedEndpoints($0) })
        routing = rules
        return rules
    }

    private func policyRules() -> NetworkPolicyEvaluator {
        if let policies { return policies }
        let labels = view.list(Resource.namespaces).map { ($0.name, $0.metadata.labels) }
        let rules = NetworkPolicyEvaluator(
            policies: view.list(Resource.networkPolicies).map { NetworkPolicyRules($0) },
            namespaceLabels: Dictionary(labels) { first, _ in first })
        policies = rules
        return rules
    }
}
