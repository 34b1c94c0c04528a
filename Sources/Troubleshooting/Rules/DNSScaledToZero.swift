import KubernetesModel
import KubernetesSemantics

/// D-01: the workload behind the cluster's DNS Service has zero replicas.
///
/// - Detects: a workload whose pods the Service `kube-dns` selects has `spec.replicas` 0, and the Service no ready endpoint.
/// - Evidence: the number itself, the missing endpoints, log lines of failed lookups.
/// - Distinguish: DNS pods that crash, wait or are not ready exist; a wrong selector would leave the pods running.
/// - Remedy: scale it up. Silent while nobody looks a name up.
struct DNSScaledToZero: Rule {
    let id = "D-01"
    private static let replicas = 2

    func inquiries(_ facts: ClusterFacts) -> [ObjectKey] {
        isPresent(facts) == nil ? [] : facts.sortedPods.filter(\.asksClusterDNS).map(\.key)
    }

    func candidates(_ facts: ClusterFacts) -> [Candidate] {
        guard let (dns, workload) = isPresent(facts) else { return [] }
        let askers = facts.sortedPods.filter { $0.asksClusterDNS && !$0.network.isFinished }
        let victims = askers.compactMap { pod in facts.lookupSuffering(pod).map { Candidate.DirectVictim(pod: pod, because: $0) } }
        if victims.isEmpty, !askers.contains(where: { facts.neededName(of: $0) != nil }) { return [] }
        let service = ClusterFacts.reference(to: dns.service)
        let without = Finding.Victim(object: service, because: ["it has no endpoint: lookups are refused"], through: workload.reference)
        return [Candidate(finding: finding(dns, workload, victims, facts), intermediates: [without], victims: victims)]
    }

    func missing(_ finding: Finding, in facts: ClusterFacts) -> String? {
        guard facts.readyEndpoints(of: ClusterDNSFacts.key) == 0 else { return nil }
        return "Service \(ClusterDNSFacts.key) has no ready endpoint yet"
    }

    private func isPresent(_ facts: ClusterFacts) -> (ClusterDNSFacts, WorkloadFacts)? {
        guard let dns = ClusterDNSFacts(facts), let workload = dns.workload, workload.replicas == 0,
            facts.readyEndpoints(of: dns.service.key) == 0
        else { return nil }
        return (dns, workload)
    }

    private func finding(
        _ dns: ClusterDNSFacts, _ workload: WorkloadFacts, _ victims: [Candidate.DirectVictim], _ facts: ClusterFacts
    ) -> Finding {
        let name = workload.reference
        let number: Evidence = .field(
            object: name, path: "spec.replicas", value: "0", says: "no pod answers for the cluster's DNS"
        )
        let endpoints: Evidence = .field(
            object: ClusterFacts.reference(to: dns.service), path: "spec.selector", value: dns.service.selector?.description ?? "",
            says: "the Service selects the pods of \(name), of which there is none: \(dns.address):53 refuses"
        )
        return Finding(
            rule: id, title: "Cluster DNS is scaled to zero", category: "dns", layer: .clusterDNS, severity: .critical,
            confidence: .proven, state: victims.isEmpty ? .latent : .active,
            rootCause: "\(name) has spec.replicas 0, so nothing answers at the cluster's DNS address \(dns.address)",
            object: name, field: "spec.replicas",
            evidence: [number, endpoints] + victims.prefix(3).compactMap { facts.lookupEvidence($0.pod) },
            victims: [],
            ruledOut: [
                Finding.RuledOut("DNS pods crash or are not ready", because: "there is no DNS pod at all"),
                Finding.RuledOut(
                    "the Service selects the wrong pods",
                    because: "its selector \(dns.service.selector?.description ?? "") matches the pod template of \(name)"
                ),
            ],
            remedy: remedy(name),
            verification: Verification(
                invariant: "\(name) has a ready replica and Service \(dns.service.key) a ready endpoint",
                probe: victims.first.map { "lookup from pod \($0.pod.key)" }, withinSeconds: 60
            ),
            masks: []
        )
    }

    private func remedy(_ workload: ObjectReference) -> Remedy {
        let namespace = ShellWord.quoted(workload.namespace ?? "")
        let target = ShellWord.quoted("\(workload.kind.lowercased())/\(workload.name)")
        return Remedy(
            summary: "Scale \(workload) to \(Self.replicas) replicas", risk: .safe,
            change: Remedy.Change(
                object: workload,
                resource: GroupVersionResource(
                    groupVersion: GroupVersion(apiVersion: workload.apiVersion), resource: "\(workload.kind.lowercased())s"
                ),
                content: .merge(["spec": ["replicas": JSONValue(Self.replicas)]])
            ),
            commands: ["kubectl -n \(namespace) scale \(target) --replicas=\(Self.replicas)"]
        )
    }
}
