import KubernetesClient
import KubernetesModel

/// What has to be known beside an object to describe it.
extension ObjectDescription {
    static func scopes(of object: KubernetesObject, resource: APIResource) -> Set<ReflectorScope> {
        Set(eventScopes(of: object) + others(of: object, resource.groupResource.description))
    }

    private static func others(of object: KubernetesObject, _ name: String) -> [ReflectorScope] {
        switch name {
        case "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "replicationcontrollers": [podScope(of: object)].compactMap(\.self)
        case "deployments.apps": [replicaSetScope(of: object)].compactMap(\.self)
        case "services": [sliceScope(of: object.name, in: object.namespace)]
        case "ingresses.networking.k8s.io":
            object.ingressServices.flatMap {
                [serviceScope($0, in: object.namespace), sliceScope(of: $0, in: object.namespace)]
            }
        case "serviceaccounts": [tokenScope(in: object.namespace)] + secretNames(of: object).map { secretScope($0, in: object.namespace) }
        case "persistentvolumeclaims": [ReflectorScope(GroupVersionResource(resource: "pods"), namespace: object.namespace)]
        case "nodes": [podScope(onNode: object.name), leaseScope(ofNode: object.name)]
        case "namespaces": [quotaScope(in: object.name), limitScope(in: object.name)]
        default: []
        }
    }

    /// A kubelet names its node by name instead of uid, and its static pods by the uid of their file.
    static func eventScopes(of object: KubernetesObject) -> [ReflectorScope] {
        var uids = [object.uid]
        if object.kind == "Node" { uids.append(object.name) }
        if let mirrored = object.metadata.annotations["kubernetes.io/config.mirror"] { uids = [mirrored] }
        return uids.map { uid in
            ReflectorScope(
                GroupVersionResource(resource: "events"), namespace: object.namespace, fieldSelector: "involvedObject.uid=\(uid)")
        }
    }

    /// Nil where the workload selects none.
    static func podScope(of workload: KubernetesObject) -> ReflectorScope? {
        guard let selector = workloadSelector(workload) else { return nil }
        return ReflectorScope(GroupVersionResource(resource: "pods"), namespace: workload.namespace, labelSelector: selector)
    }

    static func replicaSetScope(of deployment: KubernetesObject) -> ReflectorScope? {
        guard let selector = workloadSelector(deployment) else { return nil }
        let resource = GroupVersionResource(group: "apps", version: "v1", resource: "replicasets")
        return ReflectorScope(resource, namespace: deployment.namespace, labelSelector: selector)
    }

    private static func workloadSelector(_ workload: KubernetesObject) -> String? {
        guard let json = workload.spec["selector"] else { return nil }
        let labels = json.objectValue.map { $0.compactMap { key, value in value.stringValue.map { (key, $0) } } } ?? []
        // A ReplicationController has plain labels.
        let isPlain = !labels.isEmpty && json["matchLabels"] == nil && json["matchExpressions"] == nil
        let selector = isPlain ? LabelSelector(matchLabels: Dictionary(labels) { first, _ in first }) : try? LabelSelector(object: json)
        return selector.flatMap { $0.isEverything ? nil : $0.description }
    }

    static func sliceScope(of service: String, in namespace: String?) -> ReflectorScope {
        let slices = GroupVersionResource(group: "discovery.k8s.io", version: "v1", resource: "endpointslices")
        return ReflectorScope(slices, namespace: namespace, labelSelector: "kubernetes.io/service-name=\(service)")
    }

    static func serviceScope(_ name: String, in namespace: String?) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(resource: "services"), namespace: namespace, fieldSelector: "metadata.name=\(name)")
    }

    static func secretNames(of account: KubernetesObject) -> [String] {
        ["imagePullSecrets", "secrets"].flatMap { account[$0]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? [] }
    }

    static func secretScope(_ name: String, in namespace: String?) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(resource: "secrets"), namespace: namespace, fieldSelector: "metadata.name=\(name)")
    }

    static func tokenScope(in namespace: String?) -> ReflectorScope {
        let selector = "type=kubernetes.io/service-account-token"
        return ReflectorScope(GroupVersionResource(resource: "secrets"), namespace: namespace, fieldSelector: selector)
    }

    static func podScope(onNode name: String) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(resource: "pods"), fieldSelector: "spec.nodeName=\(name)")
    }

    static func leaseScope(ofNode name: String) -> ReflectorScope {
        let leases = GroupVersionResource(group: "coordination.k8s.io", version: "v1", resource: "leases")
        return ReflectorScope(leases, namespace: "kube-node-lease", fieldSelector: "metadata.name=\(name)")
    }

    static func quotaScope(in namespace: String) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(resource: "resourcequotas"), namespace: namespace)
    }

    static func limitScope(in namespace: String) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(resource: "limitranges"), namespace: namespace)
    }
}
