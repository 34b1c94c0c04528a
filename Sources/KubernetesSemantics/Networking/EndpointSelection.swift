package import KubernetesModel

/// Which pods serve a Service, at which ports and in which condition, as the EndpointSlice controller decides.
package struct EndpointSelection: Sendable, Hashable {
    package struct Endpoint: Sendable, Hashable {
        package var address: String
        package var pod: ObjectKey
        package var podUID: String
        package var nodeName: String?
        /// Set when the pod has a hostname and names the Service as its subdomain.
        package var hostname: String?
        package var isReady: Bool
        package var isServing: Bool
        package var isTerminating: Bool
    }

    package struct Port: Sendable, Hashable {
        package var name: String
        package var number: Int
        package var `protocol`: TransportProtocol
        package var appProtocol: String?
    }

    /// Endpoints that share their resolved ports. One EndpointSlice (or several, of at most 100) comes of each group.
    package struct Group: Sendable, Hashable {
        package var ports: [Port]
        package var endpoints: [Endpoint]
    }

    /// A pod that the selector matches and that is no endpoint.
    package struct Exclusion: Sendable, Hashable {
        package enum Reason: Sendable, Hashable {
            case hasNoAddress
            case isFinished
        }

        package var pod: ObjectKey
        package var reason: Reason
    }

    /// A named target port that a selected pod does not have: the pod is listed without this port.
    package struct UnresolvedPort: Sendable, Hashable {
        package var pod: ObjectKey
        package var name: String
    }

    package var groups: [Group] = []
    package var excluded: [Exclusion] = []
    package var unresolvedPorts: [UnresolvedPort] = []

    /// - Parameter pods: of any namespace. Nil selectors (manual endpoints, ExternalName) select nothing.
    package init(_ service: RoutedService, pods: some Sequence<NetworkedPod>) {
        guard let selector = service.selector, service.type != .externalName else { return }
        let version6 = service.isVersion6
        var order: [[Port]: Int] = [:]
        let selected = pods.filter { $0.key.namespace == service.key.namespace && selector.matches($0.labels) }
        for pod in selected.sorted(by: { $0.key < $1.key }) {
            if pod.isFinished {
                excluded.append(Exclusion(pod: pod.key, reason: .isFinished))
                continue
            }
            guard let address = pod.addresses.first(where: { $0.contains(":") == version6 }) else {
                excluded.append(Exclusion(pod: pod.key, reason: .hasNoAddress))
                continue
            }
            let ports = resolve(service, pod)
            if order[ports] == nil {
                order[ports] = groups.count
                groups.append(Group(ports: ports, endpoints: []))
            }
            groups[order[ports, default: 0]].endpoints.append(Endpoint(pod, address: address, of: service))
        }
    }

    package var endpoints: [Endpoint] { groups.flatMap(\.endpoints) }

    private mutating func resolve(_ service: RoutedService, _ pod: NetworkedPod) -> [Port] {
        service.ports.compactMap { port in
            guard let number = pod.number(of: port.target, protocol: port.protocol) else {
                unresolvedPorts.append(UnresolvedPort(pod: pod.key, name: port.target.description))
                return nil
            }
            return Port(name: port.name, number: number, protocol: port.protocol, appProtocol: port.appProtocol)
        }
    }
}

extension EndpointSelection.Endpoint {
    init(_ pod: NetworkedPod, address: String, of service: RoutedService) {
        self.address = address
        self.pod = pod.key
        podUID = pod.uid
        nodeName = pod.nodeName
        hostname = pod.subdomain == service.key.name ? pod.hostname.flatMap { $0.isEmpty ? nil : $0 } : nil
        isServing = pod.isReady
        isTerminating = pod.isTerminating
        isReady = service.publishesNotReady || (pod.isReady && !pod.isTerminating)
    }
}
