package import KubernetesModel
import KubernetesSemantics

/// Concrete references between objects: owner, selector, name. Resemblance is none.
extension ClusterFacts {
    /// What a person calls the pod's workload: the Deployment rather than its ReplicaSet; the pod itself when it is alone.
    package func workload(of pod: PodFacts) -> ObjectReference {
        owners(of: pod).last ?? pod.reference
    }

    /// What made the pod, and what made that: ReplicaSet, Deployment.
    func owners(of pod: PodFacts) -> [ObjectReference] {
        var owners: [ObjectReference] = []
        var owner = pod.owner
        while let current = owner {
            let reference = ObjectReference(
                apiVersion: current.apiVersion, kind: current.kind, namespace: pod.key.namespace, name: current.name, uid: current.uid
            )
            // Owners that name each other in a circle are a mistake that must not hang anybody.
            guard !owners.contains(reference) else { break }
            owners.append(reference)
            owner = workloads[WorkloadKey(kind: current.kind, key: reference.key)]?.owner
        }
        return owners
    }

    /// An object and what owns it: a pod's findings are told about its Deployment.
    func withOwners(_ object: ObjectReference) -> [ObjectReference] {
        if object.kind == "Pod", let pod = pods[object.key] { return [object, workload(of: pod)] }
        guard let owner = workloads[WorkloadKey(kind: object.kind, key: object.key)]?.owner else { return [object] }
        let reference = ObjectReference(
            apiVersion: owner.apiVersion, kind: owner.kind, namespace: object.namespace, name: owner.name, uid: owner.uid
        )
        return [object, reference]
    }

    package func pods(of workload: ObjectReference) -> [PodFacts] {
        sortedPods.filter { self.workload(of: $0).isSame(as: workload) }
    }

    /// Services whose selector matches the pod.
    func services(selecting pod: PodFacts) -> [RoutedService] {
        services.values.filter { $0.key.namespace == pod.key.namespace && $0.selector?.matches(pod.network.labels) == true }
            .sorted { $0.key < $1.key }
    }

    /// The Service behind a host name, as a pod of a namespace sees it.
    func service(named host: String, from namespace: String) -> RoutedService? {
        var labels = host.lowercased().split(separator: ".").map(String.init)
        if let svc = labels.firstIndex(of: "svc"), svc >= 2 { labels = Array(labels[..<svc].suffix(2)) }
        switch labels.count {
        case 1: return services[ObjectKey(namespace: namespace, name: labels[0])]
        case 2: return services[ObjectKey(namespace: labels[1], name: labels[0])]
        default: return nil
        }
    }

    func service(withAddress address: String) -> RoutedService? {
        services.values.first { $0.addresses.contains(address) }
    }

    func readyEndpoints(of service: ObjectKey) -> Int {
        slices.values.filter { $0.service == service }.reduce(0) { $0 + $1.endpoints.count { $0.isReady } }
    }

    /// Of every Service that has slices.
    var readyEndpoints: [ObjectKey: Int] {
        let counts = slices.values.compactMap { slice in slice.service.map { ($0, slice.endpoints.count { $0.isReady }) } }
        return Dictionary(counts, uniquingKeysWith: +)
    }

    var policyEvaluator: NetworkPolicyEvaluator {
        NetworkPolicyEvaluator(policies: policies.values.map(\.rules), namespaceLabels: namespaces)
    }

    static func reference(to service: RoutedService) -> ObjectReference {
        ObjectReference(apiVersion: "v1", kind: "Service", namespace: service.key.namespace, name: service.key.name)
    }
}
