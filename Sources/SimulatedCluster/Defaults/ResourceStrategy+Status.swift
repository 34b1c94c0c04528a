package import KubernetesModel

extension ResourceStrategy {
    /// The status of a new object, which replaces what its author sent; nil for kinds whose author writes it, or that have none.
    package static func firstStatus(of kind: GroupKind, apiVersion: String) -> JSONValue? {
        if kind == autoscaler {
            return apiVersion == "autoscaling/v1"
                ? ["currentReplicas": 0, "desiredReplicas": 0] : ["desiredReplicas": 0, "currentMetrics": .null]
        }
        return statuses[kind]
    }

    /// Whether a kind's status is written through the subresource alone.
    static func hasStatus(_ kind: GroupKind) -> Bool {
        statuses[kind] != nil || kind == autoscaler || kind == GroupKind("Node")
    }

    private static let autoscaler = GroupKind(group: "autoscaling", "HorizontalPodAutoscaler")

    private static let statuses: [GroupKind: JSONValue] = [
        GroupKind("Pod"): ["phase": "Pending"],
        GroupKind("Service"): ["loadBalancer": [:]],
        GroupKind("Namespace"): ["phase": "Active"],
        GroupKind("PersistentVolume"): ["phase": "Pending"],
        GroupKind("PersistentVolumeClaim"): ["phase": "Pending"],
        GroupKind("ReplicationController"): ["replicas": 0],
        GroupKind("ResourceQuota"): [:],
        GroupKind(group: "apps", "Deployment"): [:],
        GroupKind(group: "apps", "ReplicaSet"): ["replicas": 0],
        GroupKind(group: "apps", "StatefulSet"): ["replicas": 0, "availableReplicas": 0],
        GroupKind(group: "apps", "DaemonSet"): [
            "currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0,
        ],
        GroupKind(group: "batch", "Job"): [:],
        GroupKind(group: "batch", "CronJob"): [:],
        GroupKind(group: "networking.k8s.io", "Ingress"): ["loadBalancer": [:]],
        GroupKind(group: "policy", "PodDisruptionBudget"): [
            "disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0,
        ],
        GroupKind(group: "storage.k8s.io", "VolumeAttachment"): ["attached": false],
        GroupKind(group: "certificates.k8s.io", "CertificateSigningRequest"): [:],
        GroupKind(group: "flowcontrol.apiserver.k8s.io", "FlowSchema"): [:],
        GroupKind(group: "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"): [:],
        GroupKind(group: "admissionregistration.k8s.io", "ValidatingAdmissionPolicy"): [:],
        GroupKind(group: "apiregistration.k8s.io", "APIService"): [:],
        GroupKind(group: "apiextensions.k8s.io", "CustomResourceDefinition"): [
            "conditions": .null, "acceptedNames": ["plural": "", "kind": ""], "storedVersions": .null,
        ],
    ]
}
