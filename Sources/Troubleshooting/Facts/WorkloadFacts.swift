package import KubernetesModel
package import KubernetesSemantics

/// What rules need to know of what makes pods: Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs.
package struct WorkloadFacts: Sendable, Hashable {
    package var reference: ObjectReference
    package var owner: OwnerReference?
    /// Nil for kinds without a number of replicas.
    package var replicas: Int?
    package var readyReplicas: Int
    /// How many pods there should be; nil for kinds that end, as Jobs do.
    var wantedPods: Int?
    /// When it was created, or its conditions changed.
    var changedAt: Instant?
    package var selector: SelectorTerms
    package var templateLabels: [String: String]
    package var health: HealthVerdict

    package init(_ object: KubernetesObject) {
        let object = object.parsed()
        let spec = object.spec
        reference = object.reference
        owner = object.metadata.controller
        replicas = spec["replicas"]?.intValue
        readyReplicas = object.status["readyReplicas"]?.intValue ?? object.status["numberReady"]?.intValue ?? 0
        wantedPods = object.kind == "Job" ? nil : replicas ?? object.status["desiredNumberScheduled"]?.intValue
        let transitions = object.status["conditions"]?.arrayValue?.map { $0["lastTransitionTime"]?.stringValue } ?? []
        changedAt = (transitions + [object.metadata.creationTimestamp]).compactMap { $0.flatMap(KubernetesTime.parse) }.max()
        selector = SelectorTerms(spec["selector"])
        templateLabels = spec["template"]?["metadata"]?["labels"]?.stringMap ?? [:]
        health = Health.of(object)
    }

    /// Whether it says itself that it has fewer pods ready than it should.
    var isShort: Bool { wantedPods.map { readyReplicas < $0 } ?? false }
}
