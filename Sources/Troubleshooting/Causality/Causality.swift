import KubernetesModel
import KubernetesSemantics

/// Follows a cause to everybody it hurts, over concrete references: owner, selector, a configured name, a log line.
struct Causality {
    private let facts: ClusterFacts
    private var victims: [Finding.Victim] = []
    private var hurtPods: Set<ObjectKey> = []
    /// The same, as they are referred to and in the order in which they were reached.
    private var pods: [ObjectReference] = []

    private init(_ facts: ClusterFacts) {
        self.facts = facts
    }

    /// A candidate's finding with its victims, each after the one through which it is hurt.
    static func finding(_ candidate: Candidate, in facts: ClusterFacts) -> Finding {
        var causality = Causality(facts)
        causality.victims = candidate.intermediates
        let origin = candidate.intermediates.last?.object ?? candidate.finding.object
        causality.follow(candidate.victims, through: origin)
        var finding = candidate.finding
        finding.victims = causality.victims
        finding.pods = causality.pods
        return finding
    }

    private mutating func follow(_ direct: [Candidate.DirectVictim], through origin: ObjectReference) {
        var wave = direct.map { (victim: $0, through: origin) }
        while !wave.isEmpty {
            wave = wave.filter { hurtPods.insert($0.victim.pod.key).inserted }
            pods += wave.map(\.victim.pod.reference)
            var services: [(RoutedService, ObjectReference)] = []
            for (through, group) in grouped(wave) {
                services += blame(group, through: through)
            }
            wave = services.flatMap { service, workload in dependents(of: service, through: workload) }
        }
    }

    private func grouped(_ wave: [(victim: Candidate.DirectVictim, through: ObjectReference)]) -> [(
        ObjectReference, [Candidate.DirectVictim]
    )] {
        var order: [ObjectReference] = []
        var groups: [ObjectReference: [Candidate.DirectVictim]] = [:]
        for (victim, through) in wave {
            if groups[through] == nil { order.append(through) }
            groups[through, default: []].append(victim)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    /// Adds the workloads of pods, and returns the Services that have nobody left behind them.
    private mutating func blame(_ pods: [Candidate.DirectVictim], through: ObjectReference) -> [(RoutedService, ObjectReference)] {
        var silenced: [(RoutedService, ObjectReference)] = []
        let byWorkload = Dictionary(grouping: pods) { facts.workload(of: $0.pod) }
        for (workload, hurt) in byWorkload.sorted(by: { $0.key.key < $1.key.key }) where !isKnown(workload) {
            victims.append(Finding.Victim(object: workload, because: reasons(workload, hurt), through: through))
            for service in Set(hurt.flatMap { facts.services(selecting: $0.pod) }).sorted(by: { $0.key < $1.key }) {
                let reference = ClusterFacts.reference(to: service)
                guard !isKnown(reference), facts.readyEndpoints(of: service.key) == 0, !service.publishesNotReady else { continue }
                victims.append(Finding.Victim(object: reference, because: ["none of its pods is ready"], through: workload))
                silenced.append((service, reference))
            }
        }
        return silenced
    }

    private func isKnown(_ object: ObjectReference) -> Bool {
        victims.contains { $0.object.isSame(as: object) }
    }

    private func reasons(_ workload: ObjectReference, _ hurt: [Candidate.DirectVictim]) -> [String] {
        var reasons: [String] = []
        for reason in hurt.map(\.because) where !reasons.contains(reason) && reasons.count < 3 { reasons.append(reason) }
        let all = facts.pods(of: workload).count { !$0.network.isFinished }
        if workload.kind != "Pod", all > 1 || hurt.count > 1 { reasons.insert("\(hurt.count) of \(all) pods", at: 0) }
        return reasons
    }

    /// Pods that complain of the Service, and those that are not well and are configured to call it.
    private func dependents(
        of service: RoutedService, through: ObjectReference
    ) -> [(victim: Candidate.DirectVictim, through: ObjectReference)] {
        facts.sortedPods.compactMap { pod in
            guard !hurtPods.contains(pod.key), !pod.network.isFinished else { return nil }
            let complaint = facts.logs[pod.key]?.last { line in
                guard case .connection(let target, _) = line.signal else { return false }
                return service.addresses.contains(target)
                    || facts.service(named: target, from: pod.network.namespace)?.key == service.key
            }
            if complaint != nil {
                return (Candidate.DirectVictim(pod: pod, because: "its log names \(service.key.name) as unreachable"), through)
            }
            let dependency = pod.dependencies.first { facts.service(named: $0.host, from: pod.network.namespace)?.key == service.key }
            guard pod.isAiling, let dependency else { return nil }
            return (
                Candidate.DirectVictim(pod: pod, because: "it is not well and calls \(dependency.host) (\(dependency.source))"), through
            )
        }
    }
}
