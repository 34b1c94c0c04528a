import KubernetesModel
import KubernetesSemantics

/// Symptoms that no finding explains. They are told, so that silence never passes for health.
enum UnexplainedSymptoms {
    static func of(_ facts: ClusterFacts, scope: DiagnosisScope, findings: [Finding]) -> [Diagnosis.UnverifiedCheck] {
        let subject = DiagnosisSubject(scope: scope, facts: facts)
        return workloads(facts, subject, findings) + claims(facts, subject, findings)
    }

    private static func workloads(
        _ facts: ClusterFacts, _ subject: DiagnosisSubject, _ findings: [Finding]
    ) -> [Diagnosis.UnverifiedCheck] {
        var bearers: [WorkloadKey: ObjectReference] = [:]
        var pods: [WorkloadKey: [PodFacts]] = [:]
        // A pod that is well counts only where a workload may lack some: most do not.
        let short = Set(facts.workloads.values.lazy.filter(\.isShort).map(\.reference.namespace))
        for pod in facts.sortedPods where (pod.isSuspicious || short.contains(pod.key.namespace)) && subject.includes(pod) {
            let bearer = subject.bearer(of: pod)
            let key = WorkloadKey(kind: bearer.kind, key: bearer.key)
            bearers[key] = bearer
            pods[key, default: []].append(pod)
        }
        for (key, workload) in facts.workloads where subject.includes(key.kind, key.key) {
            if workload.owner == nil || subject.scope.target?.kind == key.kind { bearers[key] = workload.reference }
        }
        return bearers.sorted { ($0.key.key, $0.key.kind) < ($1.key.key, $1.key.kind) }.compactMap { key, bearer in
            guard !isExplained(bearer, findings), let symptom = symptom(key, pods[key] ?? [], facts, findings) else { return nil }
            return Diagnosis.UnverifiedCheck(check: "cause of \(bearer)", reason: "\(symptom); no rule explains it")
        }
    }

    private static func isExplained(_ object: ObjectReference, _ findings: [Finding]) -> Bool {
        findings.contains { $0.concerns(object) }
    }

    private static func symptom(_ key: WorkloadKey, _ pods: [PodFacts], _ facts: ClusterFacts, _ findings: [Finding]) -> String? {
        let pods = pods.filter { !isExplained($0.reference, findings) && !isOfFinishedJob($0, facts) }
        let told = pods.lazy.compactMap { Self.symptom(of: $0, facts) }.first
        guard let workload = facts.workloads[key], let wanted = workload.wantedPods else { return told }
        let ready = max(workload.readyReplicas, pods.count { $0.network.isReady })
        guard ready < wanted else { return told }
        let count = "\(ready) of \(wanted) ready"
        if let told { return "\(count); \(told)" }
        let isOnItsWay = pods.contains { !$0.network.isReady && !$0.network.isFinished && $0.readiness.isSettling(at: facts.takenAt) }
        if isOnItsWay || facts.takenAt.isWithin(seconds: 60, after: workload.changedAt) { return nil }
        return workload.health.reason.map { "\(count); \($0)" } ?? count
    }

    private static func symptom(of pod: PodFacts, _ facts: ClusterFacts) -> String? {
        if pod.health.level == .failing { return pod.health.reason ?? "failing" }
        guard !pod.network.isReady, !pod.network.isFinished, !pod.network.isTerminating else { return nil }
        guard !pod.readiness.isSettling(at: facts.takenAt) else { return nil }
        let probe = facts.events(about: pod.reference).filter { $0.reason == "Unhealthy" }.max {
            ($0.at ?? Instant(seconds: 0)) < ($1.at ?? Instant(seconds: 0))
        }
        if let message = probe?.message, let first = message.first { return first.lowercased() + message.dropFirst() }
        return pod.health.reason ?? "not ready"
    }

    /// Attempts of a Job that went on to succeed are history.
    private static func isOfFinishedJob(_ pod: PodFacts, _ facts: ClusterFacts) -> Bool {
        facts.owners(of: pod).contains { facts.workloads[WorkloadKey(kind: $0.kind, key: $0.key)]?.health.level == .finished }
    }

    private static func claims(
        _ facts: ClusterFacts, _ subject: DiagnosisSubject, _ findings: [Finding]
    ) -> [Diagnosis.UnverifiedCheck] {
        guard facts.knowsAll("storageclasses"), facts.knowsAll("persistentvolumes") else { return [] }
        let classes = facts.classes.values.map(\.binding)
        let volumes = Array(facts.volumes.values)
        return facts.claims.values.sorted { $0.key < $1.key }.compactMap { claim in
            guard claim.phase == "Pending" || claim.phase == "Lost", subject.includes("PersistentVolumeClaim", claim.key) else {
                return nil
            }
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
