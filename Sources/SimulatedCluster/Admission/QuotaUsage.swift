package import KubernetesModel

/// What objects count for in resource quotas: used by admission, and by the controller that reports `status.used`.
package enum QuotaUsage {
    /// What one object uses, by the names that quotas use: `pods`, `requests.cpu`, `count/deployments.apps`, …
    package static func of(_ object: KubernetesObject, resource: GroupResource) -> [String: Quantity] {
        var usage: [String: Quantity] = [:]
        if !isFinishedPod(object, resource) { usage = compute(object, resource) }
        usage["count/\(resource)"] = Quantity(1)
        return usage
    }

    private static let counted: Set = [
        "pods", "services", "configmaps", "secrets", "persistentvolumeclaims", "replicationcontrollers", "resourcequotas",
    ]

    private static func compute(_ object: KubernetesObject, _ resource: GroupResource) -> [String: Quantity] {
        guard resource.group.isEmpty, counted.contains(resource.resource) else { return [:] }
        var usage: [String: Quantity] = [resource.resource: Quantity(1)]
        let spec = object.json.object("spec") ?? [:]
        switch resource.resource {
        case "pods": add(pod: spec, to: &usage)
        case "services": add(service: spec, to: &usage)
        case "persistentvolumeclaims": add(claim: spec, to: &usage)
        default: break
        }
        return usage
    }

    private static func add(pod spec: JSONObject, to usage: inout [String: Quantity]) {
        let needs = PodNeeds.of(spec)
        for (name, amount) in needs.requests {
            if ["cpu", "memory", "ephemeral-storage"].contains(name) { usage[name] = amount }
            usage["requests.\(name)"] = amount
        }
        for (name, amount) in needs.limits { usage["limits.\(name)"] = amount }
    }

    private static func add(service spec: JSONObject, to usage: inout [String: Quantity]) {
        let ports = spec.objects("ports").count
        switch spec.string("type") {
        case "NodePort": usage["services.nodeports"] = Quantity(ports)
        case "LoadBalancer":
            usage["services.loadbalancers"] = Quantity(1)
            if ServiceAddresses.needsNodePorts(spec) { usage["services.nodeports"] = Quantity(ports) }
        default: break
        }
    }

    private static func add(claim spec: JSONObject, to usage: inout [String: Quantity]) {
        let storage = (spec.object("resources") ?? [:]).quantities("requests")["storage"]
        usage["requests.storage"] = storage
        let storageClass = spec.string("storageClassName")
        guard !storageClass.isEmpty else { return }
        usage["\(storageClass).storageclass.storage.k8s.io/persistentvolumeclaims"] = Quantity(1)
        usage["\(storageClass).storageclass.storage.k8s.io/requests.storage"] = storage
    }

    private static func isFinishedPod(_ object: KubernetesObject, _ resource: GroupResource) -> Bool {
        guard resource == GroupResource(resource: "pods") else { return false }
        return Pod.isFinal(phase: object.status["phase"]?.stringValue)
    }

    /// What a quota's namespace uses of what the quota limits.
    package static func total(for quota: KubernetesObject, in view: ClusterView) -> [String: Quantity] {
        let names = quota.json.object("spec")?.object("hard")?.keys ?? []
        var total = Dictionary(names.map { ($0, Quantity.zero) }, uniquingKeysWith: { first, _ in first })
        for resource in resources(of: names) {
            for object in view.list(resource, namespace: quota.namespace) where applies(quota, to: object, resource: resource) {
                for (name, amount) in of(object, resource: resource) where total[name] != nil {
                    total[name] = total[name, default: .zero] + amount
                }
            }
        }
        return total
    }

    /// The resources whose objects have to be counted for limits of these names.
    package static func resources(of names: [String]) -> [GroupResource] {
        var resources: Set<GroupResource> = []
        for name in names {
            if name.hasPrefix("count/") {
                let parts = name.dropFirst("count/".count).split(separator: ".", maxSplits: 1).map(String.init)
                resources.insert(GroupResource(group: parts.count > 1 ? parts[1] : "", resource: parts.first ?? ""))
            } else if counted.contains(name) {
                resources.insert(GroupResource(resource: name))
            } else if name.hasPrefix("services.") {
                resources.insert(GroupResource(resource: "services"))
            } else if name == "requests.storage" || name.contains(".storageclass.storage.k8s.io/") {
                resources.insert(GroupResource(resource: "persistentvolumeclaims"))
            } else {
                resources.insert(GroupResource(resource: "pods"))
            }
        }
        return resources.sorted { $0.description < $1.description }
    }

    /// Containers have to state what a quota limits; nil when they do.
    static func missing(in pod: KubernetesObject, for hard: [String: Quantity]) -> String? {
        let spec = pod.json.object("spec") ?? [:]
        let containers = spec.objects("initContainers") + spec.objects("containers")
        let required = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"].filter { hard[$0] != nil }
        let missing: [String] = required.compactMap { name in
            let parts = name.split(separator: ".").map(String.init)
            let list = parts.first == "limits" ? "limits" : "requests"
            let silent = containers.filter { $0.object("resources")?.object(list)?.present(parts.last ?? "") == nil }
            guard !silent.isEmpty else { return nil }
            return "\(name) for: \(silent.map { $0.string("name") }.sorted().joined(separator: ","))"
        }
        return missing.isEmpty ? nil : missing.joined(separator: "; ")
    }
}
