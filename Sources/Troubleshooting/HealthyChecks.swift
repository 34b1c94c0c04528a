import KubernetesModel
import KubernetesSemantics

/// What was looked at and found well: half of what a report is worth.
enum HealthyChecks {
    static func of(_ facts: ClusterFacts, scope: DiagnosisScope, findings: [Finding]) -> [Diagnosis.HealthyCheck] {
        let pods = facts.pods.values.filter { scope.includes($0.key.namespace) && !$0.network.isFinished }
        let services = facts.services.values.filter { scope.includes($0.key.namespace) && $0.selector != nil }
        var checks: [Diagnosis.HealthyCheck] = []
        func add(_ check: String, _ count: Int) {
            if count > 0 { checks.append(Diagnosis.HealthyCheck(check: check, count: count)) }
        }
        add("cluster DNS servers ready", facts.readyEndpoints(of: ClusterDNSFacts.key))
        add("pods ready", pods.count { $0.network.isReady })
        add("Services with ready endpoints", services.count { facts.readyEndpoints(of: $0.key) > 0 })
        add("claims bound", facts.claims.values.count { scope.includes($0.key.namespace) && $0.phase == "Bound" })
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

/// Symptoms that no finding explains. They are told, so that silence never passes for health.
enum UnexplainedSymptoms {
    static func of(_ facts: ClusterFacts, scope: DiagnosisScope, findings: [Finding]) -> [Diagnosis.UnverifiedCheck] {
        let failing = facts.sortedPods.filter { $0.health.level == .failing && scope.includes($0.key.namespace) }
        let byWorkload = Dictionary(grouping: failing) { facts.workload(of: $0) }
        var checks = byWorkload.sorted { $0.key.key < $1.key.key }.compactMap { workload, pods -> Diagnosis.UnverifiedCheck? in
            guard !isExplained(workload, findings), !isFinishedJob(workload, facts) else { return nil }
            let reason = pods.first?.health.reason ?? "failing"
            return Diagnosis.UnverifiedCheck(check: "cause of \(workload)", reason: "\(reason); no rule explains it")
        }
        checks += claims(facts, scope, findings)
        return checks
    }

    private static func isExplained(_ object: ObjectReference, _ findings: [Finding]) -> Bool {
        findings.contains { $0.concerns(object) }
    }

    /// Attempts of a Job that went on to succeed are history.
    private static func isFinishedJob(_ workload: ObjectReference, _ facts: ClusterFacts) -> Bool {
        facts.workloads[WorkloadKey(kind: workload.kind, key: workload.key)]?.health.level == .finished
    }

    private static func claims(_ facts: ClusterFacts, _ scope: DiagnosisScope, _ findings: [Finding]) -> [Diagnosis.UnverifiedCheck] {
        guard facts.knowsAll("storageclasses"), facts.knowsAll("persistentvolumes") else { return [] }
        let classes = facts.classes.values.map(\.binding)
        let volumes = Array(facts.volumes.values)
        return facts.claims.values.sorted { $0.key < $1.key }.compactMap { claim in
            guard claim.phase == "Pending" || claim.phase == "Lost", scope.includes(claim.key.namespace) else { return nil }
            let reference = ObjectReference(
                apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: claim.key.namespace, name: claim.key.name, uid: claim.uid
            )
            guard !isExplained(reference, findings), let problem = problem(claim, volumes, classes) else { return nil }
            return Diagnosis.UnverifiedCheck(check: "cause of \(reference)", reason: "\(problem); no rule explains it")
        }
    }

    /// Nil while the claim only waits for something that goes its way.
    private static func problem(_ claim: BindableClaim, _ volumes: [BindableVolume], _ classes: [BindingClass]) -> String? {
        let binding = VolumeBinding(claim, volumes: volumes, classes: classes)
        switch binding.outcome {
        case .bound, .bind, .provision, .pending(.waitsForConsumer), .pending(.waitsForScheduling): return nil
        case .pending(.requestedVolumeMissing(let volume)): return "there is no PersistentVolume \(volume)"
        case .pending, .lost: return binding.report?.message
        }
    }
}
