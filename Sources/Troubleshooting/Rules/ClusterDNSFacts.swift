import KubernetesModel
import KubernetesSemantics

/// The cluster's DNS as the facts show it.
struct ClusterDNSFacts {
    static let port = 53
    static let key = ObjectKey(namespace: "kube-system", name: "kube-dns")

    let service: RoutedService
    let pods: [PodFacts]
    /// The workload whose pods the Service selects.
    let workload: WorkloadFacts?

    /// Nil when the cluster has no Service of the usual name: then nothing is concluded.
    init?(_ facts: ClusterFacts) {
        guard let service = facts.services[Self.key], let selector = service.selector else { return nil }
        self.service = service
        pods = facts.sortedPods.filter { $0.key.namespace == Self.key.namespace && selector.matches($0.network.labels) }
        workload = facts.workloads.values
            .filter { $0.owner == nil && $0.reference.namespace == Self.key.namespace && selector.matches($0.templateLabels) }
            .min { $0.reference.key < $1.reference.key }
    }

    var address: String { service.addresses.first ?? "" }

    /// The port at which pods answer: policies see it instead of the Service's.
    func podPort(of pod: NetworkedPod) -> Int {
        let port = service.ports.first { $0.number == Self.port && $0.protocol == .udp }
        return port.flatMap { pod.number(of: $0.target, protocol: .udp) } ?? Self.port
    }

    /// The pods that serve, or while there is none, what the workload would make of its template.
    var servers: [NetworkedPod] {
        if !pods.isEmpty { return pods.map(\.network) }
        guard let workload else { return [] }
        let template: JSONObject = [
            "metadata": [
                "name": .string("\(workload.reference.name)-0"), "namespace": .string(workload.reference.namespace ?? ""),
                "labels": JSONValue(workload.templateLabels),
            ]
        ]
        return [NetworkedPod(KubernetesObject(template))]
    }
}

extension ClusterFacts {
    /// The latest line in which a pod complains about a lookup that was not answered; a name that does not exist was.
    /// - Parameter explained: lines of this outcome have another cause and do not count.
    func failedLookup(of pod: PodFacts, besides explained: LogSignal.Outcome? = nil) -> LogExcerpt? {
        logs[pod.key]?.last { line in
            guard case .lookup(_, let outcome) = line.signal else { return false }
            return outcome != .noSuchName && outcome != explained
        }
    }

    func lookupEvidence(_ pod: PodFacts, besides explained: LogSignal.Outcome? = nil) -> Evidence? {
        failedLookup(of: pod, besides: explained).map { .log(pod: pod.reference, container: $0.container, line: $0.text, at: $0.timestamp) }
    }

    /// As in `lookup of catalog timed out`.
    func lookupComplaint(_ pod: PodFacts, besides explained: LogSignal.Outcome? = nil) -> String? {
        guard case .lookup(let name, let outcome) = failedLookup(of: pod, besides: explained)?.signal else { return nil }
        return "lookup of \(name.isEmpty ? "a name" : name) \(outcome == .failed ? "failed" : outcome.rawValue)"
    }

    /// By what it shows that a pod suffers from lookups that fail: its own words, else that it is not well and needs one. Nil when
    /// nothing shows.
    func lookupSuffering(_ pod: PodFacts, besides explained: LogSignal.Outcome? = nil) -> String? {
        if let complaint = lookupComplaint(pod, besides: explained) { return complaint }
        guard pod.isAiling, let needed = neededName(of: pod) else { return nil }
        return "it is not well and needs the name \(needed.host) (\(needed.source))"
    }

    /// A name that the pod needs and that only the cluster's DNS knows.
    func neededName(of pod: PodFacts) -> PodFacts.Dependency? {
        pod.dependencies.first { service(named: $0.host, from: pod.network.namespace) != nil }
    }
}
