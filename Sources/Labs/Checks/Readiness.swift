import KubernetesModel

/// Whether a workload has what it wants.
enum Readiness {
    /// What it lacks, as a clause; nil when it lacks nothing.
    static func lacking(_ object: KubernetesObject) -> String? {
        let status = object.status
        if object.kind == "Pod" {
            let isReady = status["conditions"]?.arrayValue?.contains {
                $0["type"]?.stringValue == "Ready" && $0["status"]?.stringValue == "True"
            } ?? false
            return isReady ? nil : "is not ready"
        }
        if let generation = object.metadata.generation, (status["observedGeneration"]?.intValue ?? 0) < generation {
            return "was changed and is not up to date yet"
        }
        let wanted = status["desiredNumberScheduled"]?.intValue ?? object.spec["replicas"]?.intValue ?? 1
        let ready = status["numberReady"]?.intValue ?? status["readyReplicas"]?.intValue ?? 0
        if wanted == 0 { return "is scaled to zero" }
        return ready >= wanted ? nil : "has \(ready) of \(wanted) replicas ready"
    }
}
