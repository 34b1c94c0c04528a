import KubernetesModel

/// What a pod needs in all: its containers together, or its largest init container, and the runtime's overhead.
enum PodNeeds {
    static func of(_ spec: JSONObject) -> ResourceNeeds {
        var needs = containers(of: spec)
        if let whole = spec.object("resources") {
            needs.requests.merge(whole.quantities("requests")) { $1 }
            needs.limits.merge(whole.quantities("limits")) { $1 }
        }
        let overhead = spec.quantities("overhead")
        needs.requests.merge(overhead, uniquingKeysWith: +)
        return needs
    }

    /// What its containers need, whatever the pod says of itself as a whole.
    static func containers(of spec: JSONObject) -> ResourceNeeds {
        let running = ResourceNeeds.sum(of: spec.objects("containers").map { ResourceNeeds($0.object("resources") ?? [:]) })
        var needs = running
        // Sidecars go on running beside what starts after them.
        var sidecars = ResourceNeeds()
        for container in spec.objects("initContainers") {
            let own = ResourceNeeds(container.object("resources") ?? [:])
            let step = ResourceNeeds.sum(of: [sidecars, own])
            if container.string("restartPolicy") == "Always" {
                sidecars = step
                needs = ResourceNeeds.sum(of: [needs, own])
            } else {
                needs.requests.merge(step.requests, uniquingKeysWith: max)
                needs.limits.merge(step.limits, uniquingKeysWith: max)
            }
        }
        return needs
    }
}
