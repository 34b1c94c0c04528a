import KubernetesModel

extension KindRules {
    static let core: [String: KindRules] = [
        "ComponentStatus": KindRules(deprecation: "v1 ComponentStatus is deprecated in v1.19+"),
        "ConfigMap": KindRules(validate: CoreRules.configMap),
        "Endpoints": KindRules(
            defaults: Defaults.endpoints, validate: { EndpointsRules.validate($0.new, &$1) },
            deprecation: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"
        ),
        "Event": KindRules(
            validate: EventRules.validate,
            selectableFields: [
                "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
                "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
            ]
        ),
        "LimitRange": KindRules(defaults: Defaults.limitRange, validate: { LimitRangeRules.validate($0.spec, &$1) }),
        "Namespace": KindRules(
            defaults: Defaults.namespace, validate: CoreRules.namespace, validateStatus: StatusRules.namespace,
            prepare: Preparation.namespace, status: .server(["phase": "Active"]), names: NameRules.label, selectableFields: ["status.phase"]
        ),
        "Node": KindRules(
            defaults: Defaults.node, validate: NodeRules.node, validateStatus: { NodeRules.amounts($0.status, &$1) },
            warnings: ObjectWarnings.node, status: .author, selectableFields: ["spec.unschedulable"], statusCarriesMetadata: true
        ),
        "Pod": KindRules(
            defaults: Defaults.pod, validate: PodRules.pod, validateStatus: PodStatusRules.validate, prepare: Preparation.pod,
            status: .server(["phase": "Pending"]), countsGenerations: true,
            selectableFields: [
                "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase",
                "status.podIP", "status.nominatedNodeName",
            ], returnsDeletedObject: true, statusCarriesMetadata: true
        ),
        "PodTemplate": KindRules(
            defaults: { $0.modifyOrCreate("template", Defaults.podTemplate) }, validate: PodRules.podTemplate, countsGenerations: true,
            podTemplate: ["template"], returnsDeletedObject: true
        ),
        "ReplicationController": KindRules(
            defaults: Defaults.replicationController, validate: { WorkloadRules.replicationController($0.spec, &$1) },
            validateStatus: StatusRules.replicaSet, status: .server(["replicas": 0]), countsGenerations: true, namesPods: true,
            podTemplate: ["spec", "template"], selectableFields: ["status.replicas"]
        ),
        "ResourceQuota": KindRules(
            validate: QuotaRules.quota, validateStatus: QuotaRules.status, status: .server([:]), returnsDeletedObject: true
        ),
        "Secret": KindRules(defaults: Defaults.secret, validate: CoreRules.secret, selectableFields: ["type"]),
        "Service": KindRules(
            defaults: Defaults.service, validate: ServiceRules.service, validateStatus: StatusRules.service,
            warnings: ObjectWarnings.service, status: .server(["loadBalancer": [:]]), names: NameRules.label,
            selectableFields: ["spec.clusterIP", "spec.type"], returnsDeletedObject: true
        ),
        "ServiceAccount": KindRules(warnings: ObjectWarnings.serviceAccount, returnsDeletedObject: true),
    ]

    static let nodes: [String: KindRules] = [
        "RuntimeClass": KindRules(
            validate: ClusterRules.runtimeClass, warnings: ObjectWarnings.runtimeClass, wantsQualifiedFinalizers: false)
    ]

    static let coordination: [String: KindRules] = [
        "Lease": KindRules(validate: { ClusterRules.lease($0.spec, &$1) }, wantsQualifiedFinalizers: false)
    ]
}
