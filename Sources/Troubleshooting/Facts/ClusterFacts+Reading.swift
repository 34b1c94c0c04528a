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

    package mutating func insert(_ object: KubernetesObject, of resource: GroupVersionResource) {
        let object = object.parsed()
        let key = object.key
        switch resource.resource {
        case "namespaces": namespaces[key.name] = object.metadata.labels
        case "pods": pods[key] = PodFacts(object)
        case "services": services[key] = RoutedService(object)
        case "endpointslices": slices[key] = RoutedEndpoints(object)
        case "networkpolicies": policies[key] = PolicyFacts(object)
        case "persistentvolumeclaims": claims[key] = BindableClaim(object)
        case "persistentvolumes": volumes[key.name] = BindableVolume(object)
        case "storageclasses": classes[key.name] = Class(object)
        case "events": events[key] = EventFacts(object)
        default: workloads[WorkloadKey(resource: resource, key: key)] = WorkloadFacts(object)
        }
    }

    package mutating func remove(_ key: ObjectKey, of resource: GroupVersionResource) {
        switch resource.resource {
        case "namespaces": namespaces[key.name] = nil
        case "pods":
            pods[key] = nil
            logs[key] = nil
        case "services": services[key] = nil
        case "endpointslices": slices[key] = nil
        case "networkpolicies": policies[key] = nil
        case "persistentvolumeclaims": claims[key] = nil
        case "persistentvolumes": volumes[key.name] = nil
        case "storageclasses": classes[key.name] = nil
        case "events": events[key] = nil
        default: workloads[WorkloadKey(resource: resource, key: key)] = nil
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

extension WorkloadKey {
    init(resource: GroupVersionResource, key: ObjectKey) {
        self.init(kind: Self.kind(of: resource), key: key)
    }

    static func kind(of resource: GroupVersionResource) -> String {
        ["deployments": "Deployment", "replicasets": "ReplicaSet", "statefulsets": "StatefulSet", "daemonsets": "DaemonSet", "jobs": "Job"][
            resource.resource] ?? resource.resource
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
