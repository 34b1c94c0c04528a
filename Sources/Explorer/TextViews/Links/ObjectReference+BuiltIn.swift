import KubernetesModel

nonisolated extension ObjectReference {
    /// An object of a kind that every cluster has.
    static func builtIn(_ kind: String, namespace: String? = nil, _ name: String) -> ObjectReference {
        let apiVersion: String =
            switch kind {
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision": "apps/v1"
            case "Job", "CronJob": "batch/v1"
            case "StorageClass", "VolumeAttributesClass", "CSIDriver": "storage.k8s.io/v1"
            case "IngressClass": "networking.k8s.io/v1"
            case "PriorityClass": "scheduling.k8s.io/v1"
            case "RuntimeClass": "node.k8s.io/v1"
            case "Role", "ClusterRole": "rbac.authorization.k8s.io/v1"
            default: "v1"
            }
        let isGlobal = [
            "Node", "Namespace", "PersistentVolume", "StorageClass", "VolumeAttributesClass", "CSIDriver", "IngressClass", "PriorityClass",
            "RuntimeClass", "ClusterRole",
        ].contains(kind)
        return ObjectReference(apiVersion: apiVersion, kind: kind, namespace: isGlobal ? nil : namespace, name: name)
    }
}
