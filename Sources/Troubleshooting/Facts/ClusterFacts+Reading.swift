import KubernetesClient
package import KubernetesModel
import KubernetesSemantics

/// Turning objects into facts: the one place where both a single look and a lasting watch take them in.
extension ClusterFacts {
    /// What is read of a cluster.
    package static let resources: [GroupVersionResource] = [
        GroupVersionResource(resource: "namespaces"),
        GroupVersionResource(resource: "pods"),
        GroupVersionResource(resource: "services"),
        GroupVersionResource(group: "discovery.k8s.io", resource: "endpointslices"),
        GroupVersionResource(group: "networking.k8s.io", resource: "networkpolicies"),
        GroupVersionResource(group: "apps", resource: "deployments"),
        GroupVersionResource(group: "apps", resource: "replicasets"),
        GroupVersionResource(group: "apps", resource: "statefulsets"),
        GroupVersionResource(group: "apps", resource: "daemonsets"),
        GroupVersionResource(group: "batch", resource: "jobs"),
        GroupVersionResource(resource: "persistentvolumeclaims"),
        GroupVersionResource(resource: "persistentvolumes"),
        GroupVersionResource(group: "storage.k8s.io", resource: "storageclasses"),
        GroupVersionResource(resource: "events"),
    ]

    /// Those of them that belong to the whole cluster.
    static let clusterWide: Set<String> = ["namespaces", "persistentvolumes", "storageclasses"]

    /// Of events only those that some rule quotes: a large cluster has very many.
    static func fieldSelector(of resource: GroupVersionResource) -> String? {
        resource.resource == "events" ? "involvedObject.kind=PersistentVolumeClaim" : nil
    }

    /// - Returns: whether anything that rules look at has changed.
    @discardableResult
    package mutating func insert(_ object: KubernetesObject, of resource: GroupVersionResource) -> Bool {
        let object = object.parsed()
        let key = object.key
        return switch resource.resource {
        case "namespaces": namespaces.put(object.metadata.labels, for: key.name)
        case "pods": podIndex.insert(PodFacts(object))
        case "services": services.put(RoutedService(object), for: key)
        case "endpointslices": slices.put(RoutedEndpoints(object), for: key)
        case "networkpolicies": policies.put(PolicyFacts(object), for: key)
        case "persistentvolumeclaims": claims.put(BindableClaim(object), for: key)
        case "persistentvolumes": volumes.put(BindableVolume(object), for: key.name)
        case "storageclasses": classes.put(Class(object), for: key.name)
        case "events": events.put(EventFacts(object), for: key)
        default: workloads.put(WorkloadFacts(object), for: WorkloadKey(resource: resource, key: key))
        }
    }

    /// - Returns: whether it was known.
    @discardableResult
    package mutating func remove(_ key: ObjectKey, of resource: GroupVersionResource) -> Bool {
        switch resource.resource {
        case "namespaces": return namespaces.removeValue(forKey: key.name) != nil
        case "pods":
            logs[key] = nil
            return podIndex.remove(key)
        case "services": return services.removeValue(forKey: key) != nil
        case "endpointslices": return slices.removeValue(forKey: key) != nil
        case "networkpolicies": return policies.removeValue(forKey: key) != nil
        case "persistentvolumeclaims": return claims.removeValue(forKey: key) != nil
        case "persistentvolumes": return volumes.removeValue(forKey: key.name) != nil
        case "storageclasses": return classes.removeValue(forKey: key.name) != nil
        case "events": return events.removeValue(forKey: key) != nil
        default: return workloads.removeValue(forKey: WorkloadKey(resource: resource, key: key)) != nil
        }
    }

    /// What is known of a resource.
    func keys(of resource: GroupVersionResource) -> [ObjectKey] {
        switch resource.resource {
        case "namespaces": namespaces.keys.map { ObjectKey(name: $0) }
        case "pods": Array(pods.keys)
        case "services": Array(services.keys)
        case "endpointslices": Array(slices.keys)
        case "networkpolicies": Array(policies.keys)
        case "persistentvolumeclaims": Array(claims.keys)
        case "persistentvolumes": volumes.keys.map { ObjectKey(name: $0) }
        case "storageclasses": classes.keys.map { ObjectKey(name: $0) }
        case "events": Array(events.keys)
        default: workloads.keys.filter { $0.kind == WorkloadKey.kind(of: resource) }.map(\.key)
        }
    }
}

extension Dictionary where Value: Equatable {
    /// - Returns: whether this is another value than before.
    fileprivate mutating func put(_ value: Value, for key: Key) -> Bool {
        updateValue(value, forKey: key) != value
    }
}

extension WorkloadKey {
    init(resource: GroupVersionResource, key: ObjectKey) {
        self.init(kind: Self.kind(of: resource), key: key)
    }

    static func kind(of resource: GroupVersionResource) -> String {
        [
            "deployments": "Deployment", "replicasets": "ReplicaSet", "statefulsets": "StatefulSet", "daemonsets": "DaemonSet",
            "jobs": "Job",
        ][
            resource.resource] ?? resource.resource
    }
}

extension ClusterFacts.Unread {
    init(resource: String, namespace: String? = nil, _ error: ClientError) {
        self.init(resource: resource, namespace: namespace, reason: (error.isForbidden ? "forbidden: " : "") + error.reason)
    }
}

extension ClusterFacts.Class {
    init(_ object: KubernetesObject) {
        binding = BindingClass(object)
        parameters = object["parameters"]
        allowsExpansion = object["allowVolumeExpansion"]?.boolValue
        reclaimPolicy = object["reclaimPolicy"]?.stringValue
    }
}
