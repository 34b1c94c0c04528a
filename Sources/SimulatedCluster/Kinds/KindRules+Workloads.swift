import KubernetesModel

extension KindRules {
    static let apps: [String: KindRules] = [
        "ControllerRevision": KindRules(validate: ClusterRules.controllerRevision),
        "DaemonSet": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.daemonSet) }, validate: WorkloadRules.daemonSet,
            validateStatus: StatusRules.daemonSet, prepare: TemplateGeneration.begin, prepareUpdate: TemplateGeneration.count,
            status: .server(["currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0]),
            countsGenerations: true, podTemplate: ["spec", "template"]
        ),
        "Deployment": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.deployment) }, validate: WorkloadRules.deployment,
            validateStatus: StatusRules.deployment, status: .server([:]), countsGenerations: true, namesPods: true,
            podTemplate: ["spec", "template"]
        ),
        "ReplicaSet": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.replicaSet) }, validate: WorkloadRules.replicaSet,
            validateStatus: StatusRules.replicaSet, status: .server(["replicas": 0]), countsGenerations: true, namesPods: true,
            podTemplate: ["spec", "template"], selectableFields: ["status.replicas"]
        ),
        "StatefulSet": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.statefulSet) }, validate: WorkloadRules.statefulSet,
            validateStatus: StatusRules.statefulSet, warnings: ObjectWarnings.statefulSet,
            status: .server(["replicas": 0, "availableReplicas": 0]), countsGenerations: true, names: NameRules.label, namesPods: true,
            podTemplate: ["spec", "template"]
        ),
    ]

    static let batch: [String: KindRules] = [
        "CronJob": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.cronJob) }, validate: BatchRules.cronJob, warnings: ObjectWarnings.cronJob,
            status: .server([:]), countsGenerations: true, namesPods: true, podTemplate: ["spec", "jobTemplate", "spec", "template"]
        ),
        "Job": KindRules(
            defaults: Defaults.job, validate: BatchRules.job, prepare: JobIdentity.addLabels, status: .server([:]), countsGenerations: true,
            namesPods: true, podTemplate: ["spec", "template"], selectableFields: ["status.successful"]
        ),
    ]

    static let autoscaling: [String: KindRules] = [
        "HorizontalPodAutoscaler": KindRules(
            defaults: Defaults.autoscaler, validate: { AutoscalerRules.autoscaler($0.spec, &$1) },
            validateStatus: StatusRules.autoscaler, status: .server(["desiredReplicas": 0, "currentMetrics": .null]),
            names: Names.pathSegment
        )
    ]

    static let policy: [String: KindRules] = [
        "PodDisruptionBudget": KindRules(
            validate: { PolicyRules.budget($0.spec, &$1) }, validateStatus: StatusRules.budget,
            status: .server(["disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0]),
            countsGenerations: true, wantsQualifiedFinalizers: false
        )
    ]

    static let scheduling: [String: KindRules] = [
        "PriorityClass": KindRules(
            defaults: { $0.setDefaultText("preemptionPolicy", "PreemptLowerPriority") }, validate: PolicyRules.priorityClass,
            countsGenerations: true
        )
    ]
}
