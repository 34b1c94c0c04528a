package import KubernetesModel

/// What routing and names need to know of a Service.
package struct RoutedService: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case clusterIP = "ClusterIP"
        case nodePort = "NodePort"
        case loadBalancer = "LoadBalancer"
        case externalName = "ExternalName"
    }

    package struct Port: Sendable, Hashable {
        package var name: String
        package var number: Int
        package var `protocol`: TransportProtocol
        /// The pods' port; the Service's own number when the spec has none.
        package var target: PortReference
        package var nodePort: Int?
        package var appProtocol: String?
    }

    package var key: ObjectKey
    package var type: Kind
    /// Nil when the endpoints are somebody else's business.
    package var selector: SelectorTerms?
    /// Empty for headless Services and those without an address.
    package var addresses: [String]
    package var isHeadless: Bool
    package var externalName: String?
    package var ports: [Port]
    package var publishesNotReady: Bool
    /// Whether connections from inside the cluster stay on their node.
    package var staysOnNode: Bool
    package var ipFamilies: [String]

    package init(_ service: KubernetesObject) {
        let service = service.parsed()
        let spec = service.spec
        key = service.key
        type = spec["type"]?.stringValue.flatMap(Kind.init(rawValue:)) ?? .clusterIP
        selector = spec["selector"]?.stringMap.flatMap { $0.isEmpty ? nil : SelectorTerms(labels: $0) }
        let all = spec["clusterIPs"]?.arrayValue?.compactMap(\.stringValue) ?? [spec["clusterIP"]?.stringValue].compactMap { $0 }
        isHeadless = all.first == "None"
        addresses = all.filter { !$0.isEmpty && $0 != "None" }
        externalName = spec["externalName"]?.stringValue
        ports = spec["ports"]?.arrayValue?.compactMap(Port.init) ?? []
        publishesNotReady = spec["publishNotReadyAddresses"]?.boolValue ?? false
        staysOnNode = spec["internalTrafficPolicy"]?.stringValue == "Local"
        ipFamilies = spec["ipFamilies"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }

    var isVersion6: Bool {
        ipFamilies.first.map { $0 == "IPv6" } ?? (addresses.first?.contains(":") ?? false)
    }
}

extension RoutedService.Port {
    init?(_ json: JSONValue) {
        guard let number = json["port"]?.intValue else { return nil }
        self.number = number
        name = json["name"]?.stringValue ?? ""
        `protocol` = TransportProtocol(json["protocol"])
        target = PortReference(json["targetPort"]) ?? .number(number)
        nodePort = json["nodePort"]?.intValue
        appProtocol = json["appProtocol"]?.stringValue
    }
}
