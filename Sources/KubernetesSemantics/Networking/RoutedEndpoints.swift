package import KubernetesModel

/// What routing and names need to know of an EndpointSlice.
package struct RoutedEndpoints: Sendable, Hashable {
    package struct Endpoint: Sendable, Hashable {
        package var addresses: [String]
        package var isReady: Bool
        package var isServing: Bool
        package var isTerminating: Bool
        package var nodeName: String?
        package var hostname: String?
        package var pod: ObjectKey?
    }

    package struct Port: Sendable, Hashable {
        package var name: String
        /// Nil stands for all ports.
        package var number: Int?
        package var `protocol`: TransportProtocol
    }

    /// The Service, by the slice's label; nil when it belongs to none.
    package var service: ObjectKey?
    package var ports: [Port]
    package var endpoints: [Endpoint]

    package init(_ slice: KubernetesObject) {
        let slice = slice.parsed()
        let metadata = slice.metadata
        service = metadata.labels["kubernetes.io/service-name"].map { ObjectKey(namespace: metadata.namespace, name: $0) }
        ports = slice["ports"]?.arrayValue?.map(Port.init) ?? []
        endpoints = slice["endpoints"]?.arrayValue?.map { Endpoint($0, namespace: metadata.namespace) } ?? []
    }
}

extension RoutedEndpoints.Endpoint {
    /// A missing `ready` counts as ready, a missing `serving` as `ready`, a missing `terminating` as false.
    init(_ json: JSONValue, namespace: String?) {
        let conditions = json["conditions"]
        addresses = json["addresses"]?.arrayValue?.compactMap(\.stringValue) ?? []
        isReady = conditions?["ready"]?.boolValue ?? true
        isServing = conditions?["serving"]?.boolValue ?? isReady
        isTerminating = conditions?["terminating"]?.boolValue ?? false
        nodeName = json["nodeName"]?.stringValue
        hostname = json["hostname"]?.stringValue
        if let target = json["targetRef"], target["kind"]?.stringValue == "Pod", let name = target["name"]?.stringValue {
            pod = ObjectKey(namespace: target["namespace"]?.stringValue ?? namespace, name: name)
        }
    }
}

extension RoutedEndpoints.Port {
    init(_ json: JSONValue) {
        name = json["name"]?.stringValue ?? ""
        number = json["port"]?.intValue
        `protocol` = TransportProtocol(json["protocol"])
    }
}
