package import KubernetesModel

/// Whether an object is healthy, from what it says of itself.
///
/// Known kinds have rules of their own; everything else is judged by the conditions that the API conventions recommend.
package enum Health {
    private typealias Rule = @Sendable (FieldReader) -> HealthVerdict

    package static func of(_ object: KubernetesObject) -> HealthVerdict {
        let object = object.parsed()
        let kind = object.groupVersionKind
        if kind.group.isEmpty, kind.kind == "Pod" { return PodHealth.verdict(object) }
        let fields = FieldReader(object)
        if kind.kind != "Namespace", let deletion = deletion(of: fields) { return deletion }
        if let rule = rules[GroupResource(group: kind.group, resource: kind.kind)] { return rule(fields) }
        if GroupVersion.isBuiltIn(group: kind.group) { return .ok }
        return ConditionHealth.verdict(fields)
    }

    private static func deletion(of object: FieldReader) -> HealthVerdict? {
        guard object.metadata.deletionTimestamp.exists else { return nil }
        let finalizers = object.metadata.finalizers.texts
        if finalizers.isEmpty { return HealthVerdict(.progressing, "being deleted") }
        return HealthVerdict(.progressing, "being deleted; waits for \(finalizers.joined(separator: ", "))")
    }

    /// By group and kind.
    private static let rules: [GroupResource: Rule] = [
        GroupResource(group: "", resource: "Node"): NodeHealth.verdict,
        GroupResource(group: "", resource: "Namespace"): ClusterHealth.namespace,
        GroupResource(group: "", resource: "Event"): ClusterHealth.event,
        GroupResource(group: "events.k8s.io", resource: "Event"): ClusterHealth.event,
        GroupResource(group: "", resource: "Service"): ClusterHealth.service,
        GroupResource(group: "", resource: "ReplicationController"): WorkloadHealth.replicaSet,
        GroupResource(group: "", resource: "PersistentVolumeClaim"): StorageHealth.claim,
        GroupResource(group: "", resource: "PersistentVolume"): StorageHealth.volume,
        GroupResource(group: "apps", resource: "Deployment"): WorkloadHealth.deployment,
        GroupResource(group: "apps", resource: "ReplicaSet"): WorkloadHealth.replicaSet,
        GroupResource(group: "apps", resource: "StatefulSet"): WorkloadHealth.statefulSet,
        GroupResource(group: "apps", resource: "DaemonSet"): WorkloadHealth.daemonSet,
        GroupResource(group: "batch", resource: "Job"): WorkloadHealth.job,
        GroupResource(group: "batch", resource: "CronJob"): WorkloadHealth.cronJob,
        GroupResource(group: "policy", resource: "PodDisruptionBudget"): ClusterHealth.podDisruptionBudget,
        GroupResource(group: "autoscaling", resource: "HorizontalPodAutoscaler"): ClusterHealth.autoscaler,
        GroupResource(group: "apiregistration.k8s.io", resource: "APIService"): ClusterHealth.apiService,
        GroupResource(group: "apiextensions.k8s.io", resource: "CustomResourceDefinition"): ClusterHealth.customResourceDefinition,
        GroupResource(group: "certificates.k8s.io", resource: "CertificateSigningRequest"): ClusterHealth.certificateSigningRequest,
        GroupResource(group: "storage.k8s.io", resource: "VolumeAttachment"): StorageHealth.attachment,
    ]
}

extension GroupVersion {
    /// Whether Kubernetes itself defines the group: its kinds without a health rule have no health to speak of.
    static func isBuiltIn(group: String) -> Bool {
        !group.contains(".") || (group.hasSuffix(".k8s.io") && builtInDomains.contains(group))
    }

    private static let builtInDomains: Set<String> = [
        "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io",
        "authorization.k8s.io", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
        "flowcontrol.apiserver.k8s.io", "metrics.k8s.io", "networking.k8s.io", "node.k8s.io", "rbac.authorization.k8s.io",
        "resource.k8s.io", "scheduling.k8s.io", "storage.k8s.io",
    ]
}
