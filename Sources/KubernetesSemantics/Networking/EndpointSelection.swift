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

    package var groups: [Group] = []

    /// - Parameter pods: of any namespace. Nil selectors (manual endpoints, ExternalName) select nothing.
    package init(_ service: RoutedService, pods: some Sequence<NetworkedPod>) {
        guard let selector = service.selector, service.type != .externalName else { return }
        let version6 = service.isVersion6
        var order: [[Port]: Int] = [:]
        let selected = pods.filter { $0.key.namespace == service.key.namespace && selector.matches($0.labels) }
        for pod in selected.sorted(by: { $0.key < $1.key }) where !pod.isFinished {
            guard let address = pod.addresses.first(where: { $0.contains(":") == version6 }) else { continue }
            let ports = resolve(service, pod)
            if order[ports] == nil {
                order[ports] = groups.count
                groups.append(Group(ports: ports, endpoints: []))
            }
            groups[order[ports, default: 0]].endpoints.append(Endpoint(pod, address: address, of: service))
        }
    }

    package var endpoints: [Endpoint] { groups.flatMap(\.endpoints) }

    /// A named target port that the pod does not have is left out.
    private func resolve(_ service: RoutedService, _ pod: NetworkedPod) -> [Port] {
        service.ports.compactMap { port in
            pod.number(of: port.target, protocol: port.protocol).map { number in
                Port(name: port.name, number: number, protocol: port.protocol, appProtocol: port.appProtocol)
            }
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
