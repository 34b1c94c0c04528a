package import KubernetesModel

/// What the scheduler decides by about a pod.
package struct SchedulablePod: Sendable, Hashable {
    package struct HostPort: Sendable, Hashable {
        package var address: String
        package var port: Int
        package var `protocol`: TransportProtocol

        /// Two ports clash unless they are on different addresses of the node.
        func clashes(with other: HostPort) -> Bool {
            port == other.port && `protocol` == other.protocol
                && (address == other.address || address == "0.0.0.0" || other.address == "0.0.0.0")
        }
    }

    package var key: ObjectKey
    package var uid: String
    package var labels: [String: String]
    /// Where it runs; nil while it waits.
    package var nodeName: String?
    package var schedulerName: String
    package var priority: Int
    /// Whether it takes the place of pods of lower priority.
    package var preempts: Bool
    /// Where others are making room for it.
    package var nominatedNode: String?
    package var gates: [String]
    package var nodeSelector: [String: String]
    package var nodeAffinity: NodeTerms?
    package var podAffinity: [PodAffinityTerm]
    package var podAntiAffinity: [PodAffinityTerm]
    package var spread: [SpreadConstraint]
    package var preferences: SchedulingPreferences
    package var tolerations: [Toleration]
    package var requests: ResourceAmounts
    package var hostPorts: [HostPort]
    package var claims: [String]
    package var isTerminating: Bool
    package var isFinished: Bool

    package init(_ pod: KubernetesObject) {
        let pod = pod.parsed()
        let spec = pod.spec
        let metadata = pod.metadata
        let affinity = spec["affinity"]
        key = metadata.key
        uid = metadata.uid
        labels = metadata.labels
        nodeName = spec["nodeName"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        schedulerName = spec["schedulerName"]?.stringValue ?? "default-scheduler"
        priority = spec["priority"]?.intValue ?? 0
        preempts = spec["preemptionPolicy"]?.stringValue != "Never"
        nominatedNode = pod.status["nominatedNodeName"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        gates = spec["schedulingGates"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        nodeSelector = spec["nodeSelector"]?.stringMap ?? [:]
        nodeAffinity = affinity?["nodeAffinity"]?[Self.required].map { NodeTerms($0) }
        podAffinity = PodAffinityTerm.all(affinity?["podAffinity"]?[Self.required], of: metadata.key)
        podAntiAffinity = PodAffinityTerm.all(affinity?["podAntiAffinity"]?[Self.required], of: metadata.key)
        spread = spec["topologySpreadConstraints"]?.arrayValue?.compactMap(SpreadConstraint.init) ?? []
        preferences = SchedulingPreferences(affinity, of: metadata.key)
        tolerations = spec["tolerations"]?.arrayValue?.map(Toleration.init) ?? []
        requests = ResourceAmounts(podSpec: spec)
        hostPorts = Self.hostPorts(spec)
        claims = Self.claims(spec, pod: metadata.name)
        isTerminating = metadata.deletionTimestamp != nil
        isFinished = Pod.isFinal(phase: pod.status["phase"]?.stringValue)
    }

    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"

    private static func hostPorts(_ spec: JSONValue) -> [HostPort] {
        let usesHostNetwork = spec["hostNetwork"]?.boolValue ?? false
        return (spec["containers"]?.arrayValue ?? []).flatMap { container in
            (container["ports"]?.arrayValue ?? []).compactMap { port in
                let number = port["hostPort"]?.intValue ?? (usesHostNetwork ? port["containerPort"]?.intValue : nil)
                guard let number, number > 0 else { return nil }
                return HostPort(
                    address: port["hostIP"]?.stringValue ?? "0.0.0.0", port: number, protocol: TransportProtocol(port["protocol"])
                )
            }
        }
    }

    /// The names of the claims that its volumes use, those made for it alone included.
    package static func claims(_ spec: JSONValue, pod: String) -> [String] {
        (spec["volumes"]?.arrayValue ?? []).compactMap { volume in
            if volume["ephemeral"]?.objectValue != nil { return volume["name"]?.stringValue.map { "\(pod)-\($0)" } }
            return volume["persistentVolumeClaim"]?["claimName"]?.stringValue
        }
    }
}

package struct PodAffinityTerm: Sendable, Hashable {
    package var selector: SelectorTerms
    /// Nil stands for every namespace.
    package var namespaces: Set<String>?
    package var topologyKey: String

    static func all(_ json: JSONValue?, of pod: ObjectKey) -> [PodAffinityTerm] {
        json?.arrayValue?.map { term in
            let named = Set(term["namespaces"]?.arrayValue?.compactMap(\.stringValue) ?? [])
            let own: Set<String> = named.isEmpty && term["namespaceSelector"] == nil ? [pod.namespace ?? ""] : named
            let isAnywhere = term["namespaceSelector"].map { SelectorTerms($0).matchesEverything } ?? false
            return PodAffinityTerm(
                selector: SelectorTerms(term["labelSelector"]), namespaces: isAnywhere ? nil : own,
                topologyKey: term["topologyKey"]?.stringValue ?? ""
            )
        } ?? []
    }

    func selects(_ pod: SchedulablePod) -> Bool {
        namespaces?.contains(pod.key.namespace ?? "") ?? true && selector.matches(pod.labels)
    }
}

/// A topology spread constraint that must hold; those that are only wished for are left out.
package struct SpreadConstraint: Sendable, Hashable {
    package var topologyKey: String
    package var maximumSkew: Int
    package var selector: SelectorTerms

    init?(_ json: JSONValue) {
        guard json["whenUnsatisfiable"]?.stringValue != "ScheduleAnyway" else { return nil }
        topologyKey = json["topologyKey"]?.stringValue ?? ""
        maximumSkew = json["maxSkew"]?.intValue ?? 1
        selector = SelectorTerms(json["labelSelector"])
    }
}
