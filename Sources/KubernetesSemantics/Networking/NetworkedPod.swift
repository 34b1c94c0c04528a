package import KubernetesModel

/// What networking decides by about a pod: compact, so that it can be kept for every pod of a large cluster.
package struct NetworkedPod: Sendable, Hashable {
    package var key: ObjectKey
    package var uid: String
    package var labels: [String: String]
    package var addresses: [String]
    package var nodeName: String?
    package var hostname: String?
    package var subdomain: String?
    /// The ports that containers declare, those of sidecars (init containers that always restart) included.
    package var ports: [DeclaredPort]
    package var usesHostNetwork: Bool
    package var isReady: Bool
    package var isTerminating: Bool
    /// Whether it succeeded or failed for good.
    package var isFinished: Bool

    package init(_ pod: KubernetesObject) {
        let pod = pod.parsed()
        let spec = pod.spec
        let status = pod.status
        let metadata = pod.metadata
        key = metadata.key
        uid = metadata.uid
        labels = metadata.labels
        addresses = Self.addresses(status)
        nodeName = spec["nodeName"]?.stringValue
        hostname = spec["hostname"]?.stringValue
        subdomain = spec["subdomain"]?.stringValue
        ports = Self.ports(spec)
        usesHostNetwork = spec["hostNetwork"]?.boolValue ?? false
        isReady =
            status["conditions"]?.arrayValue?.contains {
                $0["type"]?.stringValue == "Ready" && $0["status"]?.stringValue == "True"
            } ?? false
        isTerminating = metadata.deletionTimestamp != nil
        isFinished = Pod.isFinal(phase: status["phase"]?.stringValue)
    }

    package var namespace: String { key.namespace ?? "" }

    /// The number behind a port of this pod, which a name can have under one protocol only.
    package func number(of port: PortReference, protocol: TransportProtocol) -> Int? {
        switch port {
        case .number(let number): number
        case .name(let name): ports.first { $0.name == name && $0.protocol == `protocol` }?.number
        }
    }

    private static func addresses(_ status: JSONValue) -> [String] {
        let all = status["podIPs"]?.arrayValue?.compactMap { $0["ip"]?.stringValue } ?? []
        return all.isEmpty ? [status["podIP"]?.stringValue].compactMap { $0 }.filter { !$0.isEmpty } : all
    }

    private static func ports(_ spec: JSONValue) -> [DeclaredPort] {
        let sidecars = spec["initContainers"]?.arrayValue?.filter { $0["restartPolicy"]?.stringValue == "Always" } ?? []
        let containers = (spec["containers"]?.arrayValue ?? []) + sidecars
        return containers.flatMap { $0["ports"]?.arrayValue?.compactMap(DeclaredPort.init) ?? [] }
    }
}
