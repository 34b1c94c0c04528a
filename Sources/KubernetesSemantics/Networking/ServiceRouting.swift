package import KubernetesModel

/// Where a connection to a Service's address ends, as kube-proxy decides on the client's node.
package struct ServiceRouting: Sendable {
    package enum Verdict: Sendable, Hashable {
        /// No Service has this address: the packet goes on unchanged.
        case notAService
        /// A Service has the address, but not this port: most proxies let the connection time out.
        case noSuchPort(service: ObjectKey)
        /// Answered at once with a refusal: the Service has no endpoint.
        case rejected(service: ObjectKey, reason: String)
        /// Silence: endpoints exist, but traffic must stay on a node that has none.
        case dropped(service: ObjectKey, reason: String)
        case endpoints(service: ObjectKey, [Target])
    }

    package struct Target: Sendable, Hashable {
        package var address: String
        package var port: Int
        package var nodeName: String?
        package var pod: ObjectKey?
    }

    private struct Frontend: Hashable {
        var address: String
        var port: Int
        var `protocol`: TransportProtocol
    }

    private var services: [ObjectKey: RoutedService] = [:]
    private var owners: [String: ObjectKey] = [:]
    private var ports: [Frontend: (service: ObjectKey, port: RoutedService.Port)] = [:]
    private var slices: [ObjectKey: [RoutedEndpoints]]

    package init(services: some Sequence<RoutedService>, slices: some Sequence<RoutedEndpoints>) {
        self.slices = Dictionary(grouping: slices.filter { $0.service != nil }) { $0.service ?? ObjectKey(name: "") }
        for service in services {
            self.services[service.key] = service
            for address in service.addresses {
                owners[address] = service.key
                for port in service.ports {
                    ports[Frontend(address: address, port: port.number, protocol: port.protocol)] = (service.key, port)
                }
            }
        }
    }

    /// - Parameter node: the client's.
    package func verdict(to address: String, port: Int, protocol: TransportProtocol, from node: String?) -> Verdict {
        guard let owner = owners[address] else { return .notAService }
        guard let (key, port) = ports[Frontend(address: address, port: port, protocol: `protocol`)], let service = services[key] else {
            return .noSuchPort(service: owner)
        }
        let usable = usable(targets(of: key, port, version6: address.contains(":")))
        if usable.isEmpty {
            return .rejected(service: key, reason: "Service \(key) has no ready endpoint for port \(port.number)")
        }
        guard service.staysOnNode else { return .endpoints(service: key, usable) }
        let local = usable.filter { $0.nodeName == node }
        return local.isEmpty
            ? .dropped(service: key, reason: "internalTrafficPolicy is Local and node \(node ?? "?") has no endpoint")
            : .endpoints(service: key, local)
    }

    private func targets(of service: ObjectKey, _ port: RoutedService.Port, version6: Bool) -> [(Target, RoutedEndpoints.Endpoint)] {
        slices[service, default: []].flatMap { slice -> [(Target, RoutedEndpoints.Endpoint)] in
            guard let match = slice.ports.first(where: { $0.name == port.name && $0.protocol == port.protocol }) else { return [] }
            return slice.endpoints.flatMap { endpoint in
                endpoint.addresses.filter { $0.contains(":") == version6 }.prefix(1).map { address in
                    let number = match.number ?? port.number
                    return (Target(address: address, port: number, nodeName: endpoint.nodeName, pod: endpoint.pod), endpoint)
                }
            }
        }
    }

    /// Ready endpoints; while there are none, those that still serve although they are being shut down.
    private func usable(_ targets: [(Target, RoutedEndpoints.Endpoint)]) -> [Target] {
        let ready = targets.filter { $0.1.isReady }
        let chosen = ready.isEmpty ? targets.filter { $0.1.isServing && $0.1.isTerminating } : ready
        return chosen.map(\.0)
    }
}
