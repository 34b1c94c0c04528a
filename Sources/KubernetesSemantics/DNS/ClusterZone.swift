package import KubernetesModel

/// The records that a cluster's DNS derives from Services and EndpointSlices, by the specification of DNS-based service
/// discovery 1.1.0, as CoreDNS's `kubernetes` plugin answers them.
package struct ClusterZone: Sendable {
    package enum RecordType: String, Sendable, Hashable {
        case a = "A"
        case aaaa = "AAAA"
        case cname = "CNAME"
        case srv = "SRV"
    }

    package struct Record: Sendable, Hashable {
        package var name: String
        package var type: RecordType
        /// An address, a name, or for SRV `priority weight port target`; names without their last dot.
        package var data: String
    }

    package enum Answer: Sendable, Hashable {
        case records([Record])
        /// The name exists, but has no record of this type.
        case noData
        /// With the reason that a person can act on.
        case noSuchName(reason: String)
        /// The name does not belong to the cluster's domain.
        case notInZone
    }

    package let domain: String
    private let services: [ObjectKey: RoutedService]
    private let slices: [ObjectKey: [RoutedEndpoints]]
    private let namespaces: Set<String>

    package init(
        domain: String = "cluster.local", services: some Sequence<RoutedService>, slices: some Sequence<RoutedEndpoints>,
        namespaces: some Sequence<String>
    ) {
        self.domain = domain
        self.services = Dictionary(services.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        self.slices = Dictionary(grouping: slices.filter { $0.service != nil }) { $0.service ?? ObjectKey(name: "") }
        self.namespaces = Set(namespaces)
    }

    /// - Parameter name: absolute, without its last dot; letters of any case.
    package func answer(_ name: String, _ type: RecordType) -> Answer {
        let name = name.lowercased()
        guard name == domain || name.hasSuffix(".\(domain)") else { return .notInZone }
        var labels = name.dropLast(domain.count).split(separator: ".").map(String.init)
        guard labels.last == "svc" else {
            return labels.isEmpty ? .noData : .noSuchName(reason: "\(name) is neither a Service's name nor a pod's")
        }
        labels.removeLast()
        guard let namespace = labels.popLast() else { return .noData }
        guard namespaces.contains(namespace) else { return .noSuchName(reason: "there is no namespace \(namespace)") }
        guard let label = labels.popLast() else { return .noData }
        let key = ObjectKey(namespace: namespace, name: label)
        guard let service = services[key] else {
            return .noSuchName(reason: "there is no Service \(label) in namespace \(namespace)")
        }
        return answer(service, below: labels, name: name, type)
    }

    /// The name under which a Service is found.
    package func name(of service: ObjectKey) -> String {
        "\(service.name).\(service.namespace ?? "").svc.\(domain)"
    }

    private func answer(_ service: RoutedService, below labels: [String], name: String, _ type: RecordType) -> Answer {
        if service.type == .externalName, labels.isEmpty {
            return .records([Record(name: name, type: .cname, data: service.externalName ?? "")])
        }
        if labels.count == 2, labels[0].hasPrefix("_"), labels[1].hasPrefix("_") {
            return serviceRecords(service, port: String(labels[0].dropFirst()), String(labels[1].dropFirst()), name: name, type)
        }
        switch labels.count {
        case 0: return service.isHeadless ? headless(service, name, type) : addresses(service.addresses, name, type)
        case 1 where service.isHeadless:
            let matching = published(service).filter { host(of: $0.endpoint, $0.address) == labels[0] }
            return matching.isEmpty
                ? .noSuchName(reason: "Service \(service.key) has no endpoint with hostname \(labels[0])")
                : addresses(matching.map(\.address), name, type)
        default: return .noSuchName(reason: "\(name) names nothing of Service \(service.key)")
        }
    }

    private func headless(_ service: RoutedService, _ name: String, _ type: RecordType) -> Answer {
        let published = published(service)
        return published.isEmpty
            ? .noSuchName(reason: "headless Service \(service.key) has no ready endpoint")
            : addresses(published.map(\.address), name, type)
    }

    private func addresses(_ addresses: [String], _ name: String, _ type: RecordType) -> Answer {
        let fitting = addresses.filter { type == .a && !$0.contains(":") || type == .aaaa && $0.contains(":") }
        return fitting.isEmpty ? .noData : .records(fitting.map { Record(name: name, type: type, data: $0) })
    }

    private func serviceRecords(_ service: RoutedService, port: String, _ transport: String, name: String, _ type: RecordType) -> Answer {
        let records: [Record]
        if service.isHeadless {
            records = published(service).flatMap { entry in
                entry.ports.filter { $0.name == port && $0.protocol.rawValue.lowercased() == transport }.map {
                    let target = "\(host(of: entry.endpoint, entry.address)).\(self.name(of: service.key))"
                    return Record(name: name, type: .srv, data: "0 100 \($0.number ?? 0) \(target)")
                }
            }
        } else {
            records = service.ports.filter { $0.name == port && $0.protocol.rawValue.lowercased() == transport }.map {
                Record(name: name, type: .srv, data: "0 100 \($0.number) \(self.name(of: service.key))")
            }
        }
        guard !records.isEmpty else { return .noSuchName(reason: "Service \(service.key) has no port \(port) over \(transport)") }
        return type == .srv ? .records(records) : .noData
    }

    private struct Published {
        var endpoint: RoutedEndpoints.Endpoint
        var address: String
        var ports: [RoutedEndpoints.Port]
    }

    private func published(_ service: RoutedService) -> [Published] {
        slices[service.key, default: []].flatMap { slice in
            slice.endpoints.filter(\.isReady).flatMap { endpoint in
                endpoint.addresses.map { Published(endpoint: endpoint, address: $0, ports: slice.ports) }
            }
        }
    }

    /// Endpoints without a hostname are found by their address, dashes for dots.
    private func host(of endpoint: RoutedEndpoints.Endpoint, _ address: String) -> String {
        endpoint.hostname ?? String(address.map { $0 == "." || $0 == ":" ? "-" : $0 })
    }
}
