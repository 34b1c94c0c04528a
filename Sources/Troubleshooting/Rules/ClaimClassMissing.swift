import KubernetesModel
import KubernetesSemantics

/// S-02: a claim asks for a StorageClass that does not exist.
///
/// - Detects: an unbound claim whose class is not there, and no volume that fits without it.
/// - Evidence: the field, the classes that exist, the binder's event, the scheduler's message for the pods that wait.
/// - Distinguish: a class that exists and binds late is healthy; a forbidden list of classes proves nothing.
/// - Remedy: create the class after the one that claims get by default. A claim's class cannot be changed.
struct ClaimClassMissing: Rule {
    let id = "S-02"

    func candidates(_ facts: ClusterFacts) -> [Candidate] {
        missing(facts).map { claim, name, binding in
            let victims = facts.sortedPods.filter { pod in
                pod.network.namespace == claim.key.namespace && pod.claims.contains(claim.key.name) && !pod.network.isFinished
            }
            return Candidate(
                finding: finding(claim, class: name, binding, victims, facts), intermediates: [],
                victims: victims.map { Candidate.DirectVictim(pod: $0, because: $0.schedulingMessage ?? "it waits for the claim") }
            )
        }
    }

    func missing(_ finding: Finding, in facts: ClusterFacts) -> String? {
        guard let claim = facts.claims[finding.object.key] else { return nil }
        return claim.phase == "Bound" ? nil : "claim \(claim.key) is still \(claim.phase)"
    }

    private func missing(_ facts: ClusterFacts) -> [(BindableClaim, String, VolumeBinding)] {
        guard facts.knowsAll("storageclasses"), facts.knowsAll("persistentvolumes") else { return [] }
        let classes = facts.classes.values.map(\.binding)
        let volumes = facts.volumes.values.sorted { $0.name < $1.name }
        return facts.claims.values.sorted { $0.key < $1.key }.compactMap { claim in
            guard claim.phase == "Pending", !claim.isTerminating else { return nil }
            let binding = VolumeBinding(claim, volumes: volumes, classes: classes)
            guard case .pending(.classMissing(let name)) = binding.outcome else { return nil }
            return (claim, name, binding)
        }
    }

    private func finding(
        _ claim: BindableClaim, class name: String, _ binding: VolumeBinding, _ victims: [PodFacts], _ facts: ClusterFacts
    ) -> Finding {
        let reference = ObjectReference(
            apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: claim.key.namespace, name: claim.key.name, uid: claim.uid
        )
        let existing = facts.classes.keys.sorted()
        let known = existing.isEmpty ? "there is no StorageClass at all" : "there are \(existing.joined(separator: ", "))"
        let field: Evidence = .field(
            object: reference, path: "spec.storageClassName", value: name, says: "no StorageClass has this name; \(known)"
        )
        let events = facts.events(about: reference).filter { $0.reason == "ProvisioningFailed" }.suffix(1).map(\.evidence)
        let waiting: [Evidence] = victims.prefix(1).compactMap { pod in
            pod.schedulingMessage.map {
                .field(
                    object: pod.reference, path: "status.conditions[PodScheduled].message", value: $0, says: "the pod waits for the claim")
            }
        }
        return Finding(
            rule: id, title: "Claim asks for a class that does not exist", category: "storage", layer: .storage,
            severity: victims.isEmpty ? .minor : .major, confidence: .proven, state: victims.isEmpty ? .latent : .active,
            rootCause: "\(reference) has spec.storageClassName \(name), and there is no StorageClass \(name)",
            object: reference, field: "spec.storageClassName",
            evidence: [field] + events + waiting, victims: [],
            ruledOut: ruledOut(binding, facts),
            remedy: ClassRemedy.creating(name, for: claim, facts),
            verification: Verification(
                invariant: "\(reference) is Bound", probe: nil, withinSeconds: 60
            ),
            masks: []
        )
    }

    private func ruledOut(_ binding: VolumeBinding, _ facts: ClusterFacts) -> [Finding.RuledOut] {
        if facts.volumes.isEmpty {
            return [Finding.RuledOut("a volume made by hand serves the claim", because: "there is no PersistentVolume")]
        }
        return binding.rejected.prefix(5).map { candidate in
            Finding.RuledOut("PersistentVolume \(candidate.volume) serves the claim", because: "it \(candidate.mismatch)")
        }
    }
}
