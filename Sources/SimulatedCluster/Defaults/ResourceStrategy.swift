package import KubernetesModel

/// What an API server does to an object as it is created or updated, beyond defaults: the status is the controllers', the
/// generation counts changes of what is wanted, and some kinds get finalizers or labels.
package enum ResourceStrategy {
    /// Call after `metadata.uid` and `creationTimestamp` are set and before validation.
    package static func prepareForCreate(_ object: inout KubernetesObject) {
        let kind = GroupKind(object)
        if countsGenerations(kind) {
            object.json.modifyOrCreate("metadata") { $0["generation"] = 1 }
        } else {
            object.json.modify("metadata") { _ = $0.removeValue(forKey: "generation") }
        }
        if let status = firstStatus(of: kind, apiVersion: object.apiVersion) { object["status"] = status }
        switch kind {
        case GroupKind("Pod"): preparePod(&object)
        case GroupKind("Namespace"): addSpecFinalizer(&object)
        case GroupKind("PersistentVolumeClaim"):
            object.addFinalizer("kubernetes.io/pvc-protection")
            object.json.modify("spec") { ClaimSources.prepare(&$0) }
        case GroupKind("PersistentVolume"): preparePersistentVolume(&object)
        case GroupKind(group: "batch", "Job"): JobIdentity.addLabels(to: &object)
        case daemonSet: setTemplateGeneration(of: &object, 1)
        case GroupKind(group: "apiextensions.k8s.io", "CustomResourceDefinition"): noteStorageVersion(of: &object)
        default: break
        }
    }

    private static func noteStorageVersion(of object: inout KubernetesObject) {
        let storage = object.spec["versions"]?.arrayValue?.first { $0["storage"] == true }?["name"]
        if let storage { object["status", default: [:]]["storedVersions"] = .array([storage]) }
    }

    /// An update of the object itself: the status stays as it was, and a change of what is wanted counts.
    package static func prepareForUpdate(_ object: inout KubernetesObject, from old: KubernetesObject) {
        let kind = GroupKind(object)
        if hasStatus(kind) { object["status"] = old["status"] }
        guard countsGenerations(kind) else { return }
        let generation = old.metadata.generation ?? 1
        let isChanged = wanted(object.json) != wanted(old.json)
        if kind == daemonSet {
            let before = Int(old.metadata.annotations[templateGeneration] ?? "") ?? 1
            setTemplateGeneration(of: &object, object.spec["template"] == old.spec["template"] ? before : before + 1)
        }
        let isNewlyDeleted = object.metadata.deletionTimestamp != nil && old.metadata.deletionTimestamp == nil
        object.json.modify("metadata") { $0["generation"] = JSONValue(isChanged || isNewlyDeleted ? generation + 1 : generation) }
    }

    /// An update of the status alone: everything else stays as it was.
    package static func prepareForStatusUpdate(_ object: inout KubernetesObject, from old: KubernetesObject) {
        let status = object["status"]
        let version = object.metadata.resourceVersion
        let managedFields = object.metadata.json["managedFields"]
        object = old
        object["status"] = status
        object.json.modify("metadata") { metadata in
            metadata["resourceVersion"] = version.isEmpty ? JSONValue?.none : .string(version)
            metadata["managedFields"] = managedFields
        }
    }

    /// Whether `metadata.generation` is kept for a kind. Custom resources always count.
    package static func countsGenerations(_ kind: GroupKind) -> Bool {
        if generationKinds.contains(kind) { return true }
        return !kind.group.isEmpty && !isBuiltIn(group: kind.group)
    }

    /// Everything but metadata and status: `spec` for nearly all kinds.
    private static func wanted(_ json: JSONObject) -> JSONObject {
        json.filter { key, value in key != "metadata" && key != "status" && value != .null }
    }

    private static func isBuiltIn(group: String) -> Bool {
        ["apps", "batch", "autoscaling", "policy"].contains(group) || group.hasSuffix(".k8s.io")
    }

    private static let generationKinds: Set<GroupKind> = Set(
        [
            GroupKind("Pod"), GroupKind("PodTemplate"), GroupKind("ReplicationController"),
            GroupKind(group: "batch", "Job"), GroupKind(group: "batch", "CronJob"),
            GroupKind(group: "policy", "PodDisruptionBudget"),
            GroupKind(group: "apiextensions.k8s.io", "CustomResourceDefinition"),
            GroupKind(group: "scheduling.k8s.io", "PriorityClass"),
            GroupKind(group: "flowcontrol.apiserver.k8s.io", "FlowSchema"),
            GroupKind(group: "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"),
        ]
            + ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].map { GroupKind(group: "apps", $0) }
            + ["Ingress", "IngressClass", "NetworkPolicy"].map { GroupKind(group: "networking.k8s.io", $0) }
            + [
                "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy",
                "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
            ].map { GroupKind(group: "admissionregistration.k8s.io", $0) }
    )

    private static func addSpecFinalizer(_ object: inout KubernetesObject) {
        object.json.modifyOrCreate("spec") { spec in
            if !spec.strings("finalizers").contains("kubernetes") { spec.append("kubernetes", to: "finalizers") }
        }
    }

    private static let daemonSet = GroupKind(group: "apps", "DaemonSet")
    /// How often the template changed, where it is still kept for clients of the oldest version.
    package static let templateGeneration = "deprecated.daemonset.template.generation"

    private static func setTemplateGeneration(of object: inout KubernetesObject, _ number: Int) {
        object.metadata.annotations[templateGeneration] = String(number)
    }

    private static func preparePod(_ object: inout KubernetesObject) {
        object["status"] = ["phase": "Pending", "qosClass": .string(QualityOfService.of(pod: object.json).rawValue)]
    }

    private static func preparePersistentVolume(_ object: inout KubernetesObject) {
        object.addFinalizer("kubernetes.io/pv-protection")
        let time = object.metadata.creationTimestamp
        object.json.modify("status") { $0["lastPhaseTransitionTime"] = time.map(JSONValue.string) }
    }
}

extension KubernetesObject {
    mutating func addFinalizer(_ name: String) {
        json.modifyOrCreate("metadata") { metadata in
            if !metadata.strings("finalizers").contains(name) { metadata.append(.string(name), to: "finalizers") }
        }
    }
}
