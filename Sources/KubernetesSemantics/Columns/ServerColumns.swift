package import KubernetesModel

/// The cells of the API server's own table columns, with the server's exact texts: what `kubectl get -o wide` shows.
///
/// The simulated API prints tables with it, and the explorer's tables are built around it; no cell is computed twice.
package enum ServerColumns {
    private typealias Printer = @Sendable (KubernetesObject, Instant) -> [JSONValue]

    /// One cell per column of the resource, in the order of `APIResource.columns`; numbers are numbers.
    ///
    /// Resources without columns of their own get the server's default ones, name and creation time.
    package static func cells(for object: KubernetesObject, resource: GroupResource, now: Instant) -> [JSONValue] {
        if let printer = printers[resource] { return printer(object.parsed(), now) }
        return [.string(object.name), .string(object.metadata.creationTimestamp ?? "<unknown>")]
    }

    package static func cells(for object: KubernetesObject, resource: APIResource, now: Instant) -> [JSONValue] {
        cells(for: object, resource: resource.gvr.groupResource, now: now)
    }

    /// Whether the server has columns of its own for this resource.
    package static func knows(_ resource: GroupResource) -> Bool {
        printers[resource] != nil
    }

    private static let printers: [GroupResource: Printer] = {
        var printers: [GroupResource: Printer] = [:]
        for (group, resources) in groups {
            for (resource, printer) in resources { printers[GroupResource(group: group, resource: resource)] = printer }
        }
        return printers
    }()

    private static let groups: [(String, [String: Printer])] = [
        ("", core),
        ("apps", workloads),
        ("batch", ["jobs": BatchColumns.job, "cronjobs": BatchColumns.cronJob]),
        ("autoscaling", ["horizontalpodautoscalers": AutoscalingColumns.cells]),
        ("discovery.k8s.io", ["endpointslices": ServiceColumns.endpointSlice]),
        ("events.k8s.io", ["events": EventColumns.cells]),
        ("networking.k8s.io", networking),
        ("storage.k8s.io", storage),
        ("rbac.authorization.k8s.io", ["rolebindings": AccessColumns.binding, "clusterrolebindings": AccessColumns.binding]),
        ("certificates.k8s.io", ["certificatesigningrequests": AccessColumns.certificateSigningRequest]),
        ("admissionregistration.k8s.io", admission),
        ("policy", ["poddisruptionbudgets": PolicyColumns.podDisruptionBudget]),
        ("scheduling.k8s.io", ["priorityclasses": PolicyColumns.priorityClass]),
        ("node.k8s.io", ["runtimeclasses": PolicyColumns.runtimeClass]),
        ("coordination.k8s.io", ["leases": PolicyColumns.lease]),
        ("apiregistration.k8s.io", ["apiservices": PolicyColumns.apiService]),
        (
            "flowcontrol.apiserver.k8s.io",
            ["flowschemas": PolicyColumns.flowSchema, "prioritylevelconfigurations": PolicyColumns.priorityLevel]
        ),
        ("resource.k8s.io", devices),
        ("metrics.k8s.io", ["nodes": UsageColumns.cells, "pods": UsageColumns.cells]),
    ]

    private static let core: [String: Printer] = [
        "componentstatuses": CoreColumns.componentStatus,
        "configmaps": CoreColumns.configMap,
        "endpoints": ServiceColumns.endpoints,
        "events": EventColumns.cells,
        "namespaces": CoreColumns.namespace,
        "nodes": NodeColumns.cells,
        "persistentvolumeclaims": StorageColumns.claim,
        "persistentvolumes": StorageColumns.volume,
        "pods": PodColumns.cells,
        "podtemplates": PodColumns.templateCells,
        "replicationcontrollers": WorkloadColumns.replicationController,
        "resourcequotas": CoreColumns.resourceQuota,
        "secrets": CoreColumns.secret,
        "serviceaccounts": CoreColumns.serviceAccount,
        "services": ServiceColumns.service,
    ]

    private static let workloads: [String: Printer] = [
        "controllerrevisions": WorkloadColumns.controllerRevision,
        "daemonsets": WorkloadColumns.daemonSet,
        "deployments": WorkloadColumns.deployment,
        "replicasets": WorkloadColumns.replicaSet,
        "statefulsets": WorkloadColumns.statefulSet,
    ]

    private static let networking: [String: Printer] = [
        "ingressclasses": NetworkColumns.ingressClass,
        "ingresses": NetworkColumns.ingress,
        "ipaddresses": NetworkColumns.ipAddress,
        "networkpolicies": NetworkColumns.networkPolicy,
        "servicecidrs": NetworkColumns.serviceCIDR,
    ]

    private static let storage: [String: Printer] = [
        "csidrivers": StorageColumns.csiDriver,
        "csinodes": StorageColumns.csiNode,
        "storageclasses": StorageColumns.storageClass,
        "volumeattachments": StorageColumns.volumeAttachment,
        "volumeattributesclasses": StorageColumns.volumeAttributesClass,
    ]

    private static let admission: [String: Printer] = [
        "mutatingadmissionpolicies": AdmissionColumns.mutatingPolicy,
        "mutatingadmissionpolicybindings": AdmissionColumns.policyBinding,
        "mutatingwebhookconfigurations": AdmissionColumns.webhooks,
        "validatingadmissionpolicies": AdmissionColumns.validatingPolicy,
        "validatingadmissionpolicybindings": AdmissionColumns.policyBinding,
        "validatingwebhookconfigurations": AdmissionColumns.webhooks,
    ]

    private static let devices: [String: Printer] = [
        "deviceclasses": DeviceColumns.named,
        "resourceclaims": DeviceColumns.claim,
        "resourceclaimtemplates": DeviceColumns.named,
        "resourceslices": DeviceColumns.slice,
    ]
}
