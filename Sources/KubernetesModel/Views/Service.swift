package struct Service: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var type: String { spec.string("type") ?? "ClusterIP" }
    /// `None` for headless services; nil when there is none.
    package var clusterIP: String? { spec.string("clusterIP").flatMap { $0.isEmpty ? nil : $0 } }
    package var clusterIPs: [String] { spec.strings("clusterIPs") }
    package var isHeadless: Bool { clusterIP == "None" }
    package var externalIPs: [String] { spec.strings("externalIPs") }
    package var externalName: String? { spec.string("externalName") }
    package var ipFamilies: [String] { spec.strings("ipFamilies") }
    /// Nil when the service has none, and so no endpoints of its own.
    package var selector: [String: String]? { spec["selector"]?.stringMap.flatMap { $0.isEmpty ? nil : $0 } }
    package var ports: [ServicePort] { spec.views("ports") }
    package var publishesNotReadyAddresses: Bool { spec.bool("publishNotReadyAddresses") ?? false }
    package var internalTrafficPolicy: String { spec.string("internalTrafficPolicy") ?? "Cluster" }
    package var externalTrafficPolicy: String { spec.string("externalTrafficPolicy") ?? "Cluster" }
    package var sessionAffinity: String { spec.string("sessionAffinity") ?? "None" }
    package var loadBalancerIngress: [JSONValue] { status.elements("loadBalancer", "ingress") }
}

package struct ServicePort: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    /// Empty when the only port has no name.
    package var name: String { json.string("name") ?? "" }
    package var port: Int { json.int("port") ?? 0 }
    package var `protocol`: String { json.string("protocol") ?? "TCP" }
    /// The port itself when nothing else is said.
    package var targetPort: IntOrString { IntOrString(json["targetPort"]) ?? .int(port) }
    package var nodePort: Int? { json.int("nodePort").flatMap { $0 == 0 ? nil : $0 } }
    package var appProtocol: String? { json.string("appProtocol") }
}

package struct EndpointSlice: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var serviceName: String? { labels["kubernetes.io/service-name"] }
    /// `IPv4`, `IPv6` or `FQDN`.
    package var addressType: String { object["addressType"]?.stringValue ?? "" }
    package var endpoints: [Endpoint] { object.value.views("endpoints") }
    package var ports: [EndpointPort] { object.value.views("ports") }
}

package struct Endpoint: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var addresses: [String] { json.strings("addresses") }
    package var hostname: String? { json.string("hostname") }
    package var nodeName: String? { json.string("nodeName") }
    package var zone: String? { json.string("zone") }
    package var targetKind: String? { json.string("targetRef", "kind") }
    package var targetName: String? { json.string("targetRef", "name") }
    package var targetNamespace: String? { json.string("targetRef", "namespace") }
    /// Not being told counts as ready.
    package var isReady: Bool { json.bool("conditions", "ready") ?? true }
    package var isServing: Bool { json.bool("conditions", "serving") ?? isReady }
    package var isTerminating: Bool { json.bool("conditions", "terminating") ?? false }
}

package struct EndpointPort: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var name: String { json.string("name") ?? "" }
    /// Nil for every port.
    package var port: Int? { json.int("port") }
    package var `protocol`: String { json.string("protocol") ?? "TCP" }
}
