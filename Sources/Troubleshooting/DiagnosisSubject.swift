import KubernetesModel
import KubernetesSemantics

/// What a diagnosis is about, resolved: a target's pods belong to it.
struct DiagnosisSubject {
    let scope: DiagnosisScope
    let facts: ClusterFacts

    func includes(_ pod: PodFacts) -> Bool {
        guard scope.includes(pod.key.namespace) else { return false }
        guard let target = scope.target else { return true }
        switch target.kind {
        case "Namespace": return pod.key.namespace == target.name
        case "Service":
            guard let service = facts.services[target.key], service.key.namespace == pod.key.namespace else { return false }
            return service.selector?.matches(pod.network.labels) == true
        default: return lineage(of: pod).contains { $0.isSame(as: target) }
        }
    }

    /// Any other object.
    func includes(_ kind: String, _ key: ObjectKey) -> Bool {
        guard scope.includes(key.namespace) else { return false }
        guard let target = scope.target else { return true }
        return target.kind == "Namespace" ? key.namespace == target.name : target.kind == kind && target.key == key
    }

    /// The object that a pod's symptom is told about: the target, or its workload.
    func bearer(of pod: PodFacts) -> ObjectReference {
        let lineage = lineage(of: pod)
        return lineage.first { $0 == scope.target || scope.target?.isSame(as: $0) == true } ?? lineage.last ?? pod.reference
    }

    /// The evidence that the target, or one of its pods, bears itself comes first.
    func ordered(_ evidence: [Evidence]) -> [Evidence] {
        guard let target = scope.target else { return evidence }
        let isOwn = evidence.map { evidence in
            let object = evidence.object
            if object.isSame(as: target) { return true }
            return object.kind == "Pod" && facts.pods[object.key].map(includes) == true
        }
        return zip(evidence, isOwn).filter(\.1).map(\.0) + zip(evidence, isOwn).filter { !$0.1 }.map(\.0)
    }

    private func lineage(of pod: PodFacts) -> [ObjectReference] {
        [pod.reference] + facts.owners(of: pod)
    }
}
