import KubernetesModel

/// Which optional fields a server leaves out when they are sent with a zero value (`""`, `0`, `false`).
///
/// Kubernetes's Go structs hold most optional fields as plain values, whose zero is the same as nothing; those held by pointer
/// tell the two apart, and keep what was sent. The published schemas don't say which is which, so the pointers are listed here.
enum ZeroValues {
    /// Whether the field leaves out this value.
    static func leavesOut(_ value: JSONValue, at node: SchemaNode, of owner: SchemaDefinition) -> Bool {
        guard !node.field.isRequired, isZero(value, node.type), !owner.name.hasPrefix("io.k8s.api.resource.") else { return false }
        let name = node.field.name
        if alwaysWritten.contains(name) || isPointer(name, node.type) { return false }
        let structure = owner.name.split(separator: ".").last ?? ""
        return !pointersOfSome.contains("\(structure).\(name)")
    }

    private static func isZero(_ value: JSONValue, _ type: SchemaType) -> Bool {
        switch (type, value) {
        case (.string, .string(let text)): text.isEmpty
        case (.boolean, .bool(let flag)): !flag
        case (.int32, .number(let number)), (.int64, .number(let number)): number.intValue == 0
        default: false
        }
    }

    private static func isPointer(_ name: String, _ type: SchemaType) -> Bool {
        switch type {
        case .string: texts.contains(name)
        case .boolean: flags.contains(name)
        default: !plainNumbers.contains(name)
        }
    }

    /// Fields that the schemas call optional and the server writes in any case.
    private static let alwaysWritten: Set = [
        "apiVersion", "kind", "currentHealthy", "desiredHealthy", "disruptionsAllowed", "expectedPods",
    ]

    /// Numbers that are no pointers: most are.
    private static let plainNumbers: Set = [
        "active", "availableReplicas", "code", "count", "currentReplicas", "deprecatedCount", "failed", "failureThreshold",
        "fullyLabeledReplicas", "generation", "handSize", "healthCheckNodePort", "hostPort", "initialDelaySeconds", "matchingPrecedence",
        "minReadySeconds", "nodePort", "number", "numberAvailable", "numberUnavailable", "observedGeneration", "periodSeconds",
        "priority", "queueLengthLimit", "queues", "readyReplicas", "retryAfterSeconds", "signal", "sizeBytes", "succeeded",
        "successThreshold", "timeoutSeconds", "unavailableReplicas", "updatedNumberScheduled", "updatedReplicas",
    ]

    private static let flags: Set = [
        "allocateLoadBalancerNodePorts", "allowPrivilegeEscalation", "allowVolumeExpansion", "attachRequired",
        "automountServiceAccountToken", "blockOwnerDeletion", "controller", "enableServiceLinks", "hostProcess", "hostUsers",
        "ignoreStoreReadErrorWithClusterBreakingPotential", "immutable", "manualSelector", "optional", "optionalOldSelf",
        "orphanDependents", "podInfoOnMount", "preventPodSchedulingIfMissing", "privileged", "readOnlyRootFilesystem", "ready",
        "recursiveReadOnlyMounts", "requiresRepublish", "runAsNonRoot", "seLinuxMount", "serviceAccountTokenInSecrets", "serving",
        "setHostnameAsFQDN", "shareProcessNamespace", "started", "storageCapacity", "supplementalGroupsPolicy", "suspend",
        "terminating", "userNamespaces", "x-kubernetes-preserve-unknown-fields",
    ]

    private static let texts: Set = [
        "$ref", "appProtocol", "cachingMode", "completionMode", "currentVolumeAttributesClassName", "deprecationWarning",
        "failedIndexes", "failurePolicy", "fsGroupChangePolicy", "fsGroupPolicy", "gmsaCredentialSpec", "gmsaCredentialSpecName",
        "holderIdentity", "hostnameOverride", "ingressClassName", "initiatorName", "internalTrafficPolicy", "ipFamilyPolicy", "ipMode",
        "labelSelectorPath", "loadBalancerClass", "localhostProfile", "managedBy", "matchPolicy", "mountPropagation",
        "nodeAffinityPolicy", "nodeTaintsPolicy", "parameterNotFoundAction", "persistentVolumeName", "podGroupName",
        "podReplacementPolicy", "preemptionPolicy", "preferredHolder", "procMount", "propagationPolicy", "reclaimPolicy",
        "recursiveReadOnly", "reinvocationPolicy", "resourceClaimName", "resourceClaimTemplateName", "runAsUserName",
        "runtimeClassName", "scope", "seLinuxChangePolicy", "selectPolicy", "service", "signerName", "stopSignal", "strategy",
        "succeededIndexes", "supplementalGroupsPolicy", "targetVolumeAttributesClassName", "timeZone", "trafficDistribution",
        "unhealthyPodEvictionPolicy", "url", "volumeAttributesClassName", "volumeBindingMode", "volumeMode", "x-kubernetes-list-type",
        "x-kubernetes-map-type", "zone",
    ]

    /// Fields whose name stands for a plain value elsewhere.
    private static let pointersOfSome: Set = [
        "AzureDiskVolumeSource.fsType", "AzureDiskVolumeSource.kind", "AzureDiskVolumeSource.readOnly", "CSIVolumeSource.fsType",
        "CSIVolumeSource.readOnly", "ClusterTrustBundleProjection.name", "Container.restartPolicy",
        "Endpoint.hostname", "Endpoint.nodeName", "EndpointAddress.nodeName", "EndpointPort.name", "EndpointPort.protocol",
        "EphemeralContainer.restartPolicy", "HostPathVolumeSource.type", "IngressClassParametersReference.apiGroup",
        "IngressClassParametersReference.namespace", "LocalVolumeSource.fsType", "MutatingWebhook.timeoutSeconds",
        "NetworkPolicyPort.protocol", "PersistentVolumeClaimSpec.storageClassName", "PodDNSConfigOption.value",
        "PodFailurePolicyOnExitCodesRequirement.containerName", "PodSpec.priority", "PortStatus.error", "Preconditions.resourceVersion",
        "Preconditions.uid", "ServiceReference.path", "TypedLocalObjectReference.apiGroup", "TypedObjectReference.apiGroup",
        "TypedObjectReference.namespace", "ValidatingWebhook.timeoutSeconds", "Validation.reason", "ValidationRule.reason",
        "VolumeNodeResources.count", "ClientIPConfig.timeoutSeconds",
    ]
}
