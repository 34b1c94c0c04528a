import KubernetesModel
import KubernetesSemantics

/// What was looked at and found well: half of what a report is worth.
enum HealthyChecks {
    static func of(_ facts: ClusterFacts, scope: DiagnosisScope, findings: [Finding]) -> [Diagnosis.HealthyCheck] {
        let subject = DiagnosisSubject(scope: scope, facts: facts)
        let pods = facts.sortedPods.filter { subject.includes($0) && !$0.network.isFinished }
        let services = facts.services.values.filter { subject.includes("Service", $0.key) && $0.selector != nil }
        var checks: [Diagnosis.HealthyCheck] = []
        func add(_ check: String, _ count: Int) {
            if count > 0 { checks.append(Diagnosis.HealthyCheck(check: check, count: count)) }
        }
        let endpoints = facts.readyEndpoints
        if scope.target == nil { add("cluster DNS servers ready", endpoints[ClusterDNSFacts.key] ?? 0) }
        add("pods ready", pods.count { $0.network.isReady })
        add("Services with ready endpoints", services.count { endpoints[$0.key, default: 0] > 0 })
        add("claims bound", facts.claims.values.count { subject.includes("PersistentVolumeClaim", $0.key) && $0.phase == "Bound" })
        add("pods that network policies let reach DNS", admitted(pods, facts))
        return checks
    }

    private static func admitted(_ pods: [PodFacts], _ facts: ClusterFacts) -> Int {
        guard let dns = ClusterDNSFacts(facts), let server = dns.servers.first else { return 0 }
        let evaluator = facts.policyEvaluator
        return pods.count { pod in
            guard pod.asksClusterDNS, !evaluator.policies(selecting: pod.network, .egress).isEmpty else { return false }
            let flow = NetworkFlow(from: .pod(pod.network), to: .pod(server), port: dns.podPort(of: server), protocol: .udp)
            return evaluator.verdict(flow).isAdmitted
        }
    }
}
