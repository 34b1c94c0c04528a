import KubernetesModel
import KubernetesSemantics

/// D-12: a NetworkPolicy keeps pods from asking the cluster's DNS.
///
/// - Detects: pods whose egress policies admit UDP 53 to none of the DNS pods. Policies see pods, not the Service's address.
/// - Evidence: the field of the rule that comes closest, the labels it misses, log lines of lookups that time out.
/// - Distinguish: DNS itself is well, and pods that no policy selects resolve. Without DNS pods the cause is masked.
/// - Remedy: mend the rule that was meant for DNS, else add one. Silent for pods that look nothing up.
struct PolicyBlocksDNS: Rule {
    let id = "D-12"

    private struct Blocked {
        var pod: PodFacts
        var denial: NetworkPolicyVerdict.Denial
        var server: NetworkedPod
    }

    func inquiries(_ facts: ClusterFacts) -> [ObjectKey] {
        ClusterDNSFacts(facts).map { dns in blocked(dns, facts).map(\.pod.key) } ?? []
    }

    func candidates(_ facts: ClusterFacts) -> [Candidate] {
        guard facts.knowsAll("networkpolicies"), let dns = ClusterDNSFacts(facts) else { return [] }
        let byPolicy = Dictionary(grouping: blocked(dns, facts)) { $0.denial.policy }
        return byPolicy.sorted { $0.key < $1.key }.compactMap { key, blocked in
            facts.policies[key].flatMap { candidate($0, blocked, dns, facts) }
        }
    }

    func missing(_ finding: Finding, in facts: ClusterFacts) -> String? {
        guard let dns = ClusterDNSFacts(facts) else { return "Service \(ClusterDNSFacts.key) is gone" }
        guard let still = blocked(dns, facts).first(where: { $0.denial.policy == finding.object.key }) else { return nil }
        return "pod \(still.pod.key) is still kept from UDP 53 of the DNS pods"
    }

    /// Pods that may reach none of the DNS pods, with the policy that comes closest to letting them.
    private func blocked(_ dns: ClusterDNSFacts, _ facts: ClusterFacts) -> [Blocked] {
        guard !facts.policies.isEmpty else { return [] }
        let evaluator = facts.policyEvaluator
        let servers = dns.servers
        return facts.sortedPods.compactMap { pod in
            guard pod.asksClusterDNS, !pod.network.isFinished, !evaluator.policies(selecting: pod.network, .egress).isEmpty else {
                return nil
            }
            var nearest: Blocked?
            for server in servers {
                let flow = NetworkFlow(from: .pod(pod.network), to: .pod(server), port: dns.podPort(of: server), protocol: .udp)
                let denials = evaluator.verdict(flow).egress.denials
                guard let denial = denials.max(by: { ($0.nearest?.matched ?? -1) < ($1.nearest?.matched ?? -1) }) else { return nil }
                nearest = nearest ?? Blocked(pod: pod, denial: denial, server: server)
            }
            return nearest
        }
    }

    private func candidate(_ policy: PolicyFacts, _ blocked: [Blocked], _ dns: ClusterDNSFacts, _ facts: ClusterFacts) -> Candidate? {
        guard let first = blocked.first else { return nil }
        let isServed = facts.readyEndpoints(of: dns.service.key) > 0
        // A node refuses what goes to a Service without endpoints before any policy sees it.
        let explained: LogSignal.Outcome? = isServed ? nil : .refused
        let victims = blocked.compactMap { entry in
            facts.lookupSuffering(entry.pod, besides: explained).map { Candidate.DirectVictim(pod: entry.pod, because: $0) }
        }
        guard !victims.isEmpty else { return nil }
        let hasComplaints = victims.contains { facts.failedLookup(of: $0.pod, besides: explained) != nil }
        let lines = victims.compactMap { facts.lookupEvidence($0.pod, besides: explained) }.prefix(3)
        let finding = Finding(
            rule: id, title: "Network policy blocks DNS", category: "dns", layer: .clusterDNS, severity: .critical,
            confidence: hasComplaints ? .proven : .evident, state: isServed ? .active : .masked,
            rootCause: "\(policy.reference) \(first.denial) (\(first.denial.field)), so \(countText(victims.count)) cannot look names up",
            object: policy.reference, field: first.denial.field,
            evidence: evidence(policy, first, facts) + lines,
            victims: [],
            ruledOut: ruledOut(policy, dns, facts),
            remedy: PolicyRemedy.admittingDNS(policy, first.denial, server: first.server, port: dns.podPort(of: first.server)),
            verification: Verification(
                invariant: "the policies that select \(victims[0].pod.reference) admit UDP 53 to the DNS pods",
                probe: "lookup from pod \(victims[0].pod.key)", withinSeconds: 30
            ),
            masks: []
        )
        return Candidate(finding: finding, intermediates: [], victims: victims)
    }

    private func countText(_ count: Int) -> String {
        count == 1 ? "1 pod" : "\(count) pods"
    }

    private func evidence(_ policy: PolicyFacts, _ blocked: Blocked, _ facts: ClusterFacts) -> [Evidence] {
        let field = blocked.denial.field
        let value = FieldPath.value(at: field, in: policy.object.value)
        var evidence: [Evidence] = [
            .field(
                object: policy.reference, path: field, value: value?.description ?? "(none)",
                says: "the policy selects pod \(blocked.pod.key) and \(blocked.denial)"
            )
        ]
        switch blocked.denial.nearest?.reason {
        case .namespaceLabels(let namespace, let labels, _):
            let object = ObjectReference(apiVersion: "v1", kind: "Namespace", name: namespace)
            evidence.append(
                .field(
                    object: object, path: "metadata.labels", value: JSONValue(labels).description,
                    says: "the labels that the policy would have to ask for"
                )
            )
        case .podLabels(let pod, let labels, _):
            let object = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: pod.namespace, name: pod.name)
            evidence.append(
                .field(
                    object: object, path: "metadata.labels", value: JSONValue(labels).description,
                    says: "the labels that the policy would have to ask for"
                )
            )
        default: break
        }
        return evidence
    }

    private func ruledOut(_ policy: PolicyFacts, _ dns: ClusterDNSFacts, _ facts: ClusterFacts) -> [Finding.RuledOut] {
        let ready = facts.readyEndpoints(of: dns.service.key)
        guard ready > 0 else { return [] }
        var ruledOut = [Finding.RuledOut("the cluster's DNS is down", because: "Service \(dns.service.key) has \(ready) ready endpoints")]
        let evaluator = facts.policyEvaluator
        let others = facts.sortedPods.filter { pod in
            pod.network.isReady && pod.asksClusterDNS && evaluator.policies(selecting: pod.network, .egress).isEmpty
                && facts.neededName(of: pod) != nil && facts.failedLookup(of: pod) == nil
        }
        if let other = others.first {
            ruledOut.append(
                Finding.RuledOut(
                    "DNS fails for everybody", because: "pod \(other.key), which no policy restricts, is ready and complains of no lookup")
            )
        }
        return ruledOut
    }
}
