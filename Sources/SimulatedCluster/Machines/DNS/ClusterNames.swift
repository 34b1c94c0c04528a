import KubernetesModel
import KubernetesSemantics

/// The names that DNS servers know: the cluster's, made anew only when an object changed that has one, and those outside.
final class ClusterNames {
    private static let watched: Set<GroupResource> = [Resource.services, Resource.endpointSlices, Resource.namespaces]

    private let view: ClusterView
    private var zone: ClusterZone?
    /// What servers outside the cluster answer.
    let outside: [String: IPv4]

    init(view: ClusterView, outside: [String: IPv4] = [:]) {
        self.view = view
        self.outside = outside
        view.store.observe { [weak self] change in
            if Self.watched.contains(change.resource) { self?.zone = nil }
        }
    }

    /// Follows aliases, also those that lead out of the cluster.
    func answer(_ question: DNSQuestion) -> DNSAnswer {
        if question.kind == .ptr { return name(of: question.name) }
        var name = question.name
        var aliases: [String] = []
        for _ in 0..<8 {
            switch current().answer(name, ClusterZone.RecordType(rawValue: question.kind.rawValue) ?? .a) {
            case .records(let records):
                if let target = records.first(where: { $0.type == .cname })?.data {
                    // An alias for itself leads nowhere.
                    guard target != name else { return DNSAnswer(code: .noError) }
                    aliases.append(target)
                    name = target
                    continue
                }
                if question.kind == .srv { return DNSAnswer(code: .noError, texts: records.map(\.data)) }
                return DNSAnswer(code: .noError, addresses: records.compactMap { IPv4($0.data) }, aliases: aliases)
            // Within the cluster an alias is told only together with what it leads to.
            case .noData: return DNSAnswer(code: .noError)
            case .noSuchName: return aliases.isEmpty ? .nameError : DNSAnswer(code: .noError)
            case .notInZone:
                let answer = outsideAnswer(name, question.kind)
                return aliases.isEmpty ? answer : DNSAnswer(code: .noError, addresses: answer.addresses, aliases: aliases)
            }
        }
        return .serverFailure
    }

    /// The Service that has an address.
    /// - Parameter text: the address from its end, as in `1.0.96.10.in-addr.arpa`.
    private func name(of text: String) -> DNSAnswer {
        let address = text.split(separator: ".").prefix(4).reversed().joined(separator: ".")
        let service = view.list(Resource.services).first { service in
            service.spec["clusterIPs"]?.arrayValue?.contains(.string(address)) ?? false
        }
        return service.map { DNSAnswer(code: .noError, texts: [current().name(of: $0.key)]) } ?? .nameError
    }

    func outsideAnswer(_ name: String, _ kind: DNSQuestion.Kind) -> DNSAnswer {
        guard let address = outside[name] else { return .nameError }
        return DNSAnswer(code: .noError, addresses: kind == .a ? [address] : [])
    }

    private func current() -> ClusterZone {
        if let zone { return zone }
        let made = ClusterZone(
            services: view.list(Resource.services).map { RoutedService($0) },
            slices: view.list(Resource.endpointSlices).map { RoutedEndpoints($0) },
            namespaces: view.list(Resource.namespaces).map(\.name))
        zone = made
        return made
    }
}
