/// What makes pods from a template.
package protocol WorkloadView: ObjectView {}

extension WorkloadView {
    /// Nil when it is missing or malformed.
    package var selector: LabelSelector? { spec.labelSelector("selector") }
    package var template: JSONValue { spec["template"] ?? .null }
    package var templateLabels: [String: String] { template.stringMap("metadata", "labels") }
    package var containers: [Container] { template.views("spec", "containers") }
    /// The pod that the template describes, without a name.
    package var templatePod: Pod { Pod(KubernetesObject(template) ?? KubernetesObject([:] as JSONObject)) }
    package var observedGeneration: Int { status.int("observedGeneration") ?? 0 }
    /// Whether the controller has seen the newest specification.
    package var isObserved: Bool { observedGeneration >= metadata.generation ?? 0 }
}

package struct Deployment: WorkloadView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var replicas: Int { spec.int("replicas") ?? 1 }
    package var isPaused: Bool { spec.bool("paused") ?? false }
    package var strategy: String { spec.string("strategy", "type") ?? "RollingUpdate" }
    package var maxSurge: IntOrString { IntOrString(spec[path: ["strategy", "rollingUpdate", "maxSurge"]]) ?? .string("25%") }
    package var maxUnavailable: IntOrString { IntOrString(spec[path: ["strategy", "rollingUpdate", "maxUnavailable"]]) ?? .string("25%") }
    package var minReadySeconds: Int { spec.int("minReadySeconds") ?? 0 }
    package var progressDeadlineSeconds: Int { spec.int("progressDeadlineSeconds") ?? 600 }
    package var revisionHistoryLimit: Int { spec.int("revisionHistoryLimit") ?? 10 }
    package var currentReplicas: Int { status.int("replicas") ?? 0 }
    package var updatedReplicas: Int { status.int("updatedReplicas") ?? 0 }
    package var readyReplicas: Int { status.int("readyReplicas") ?? 0 }
    package var availableReplicas: Int { status.int("availableReplicas") ?? 0 }
    package var unavailableReplicas: Int { status.int("unavailableReplicas") ?? 0 }
}

package struct ReplicaSet: WorkloadView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var replicas: Int { spec.int("replicas") ?? 1 }
    package var minReadySeconds: Int { spec.int("minReadySeconds") ?? 0 }
    package var currentReplicas: Int { status.int("replicas") ?? 0 }
    package var readyReplicas: Int { status.int("readyReplicas") ?? 0 }
    package var availableReplicas: Int { status.int("availableReplicas") ?? 0 }
    package var revision: Int? { annotations["deployment.kubernetes.io/revision"].flatMap { Int($0) } }
}

package struct StatefulSet: WorkloadView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var replicas: Int { spec.int("replicas") ?? 1 }
    package var serviceName: String { spec.string("serviceName") ?? "" }
    package var podManagementPolicy: String { spec.string("podManagementPolicy") ?? "OrderedReady" }
    package var updateStrategy: String { spec.string("updateStrategy", "type") ?? "RollingUpdate" }
    package var partition: Int { spec.int("updateStrategy", "rollingUpdate", "partition") ?? 0 }
    package var firstOrdinal: Int { spec.int("ordinals", "start") ?? 0 }
    package var volumeClaimTemplates: [KubernetesObject] { spec.elements("volumeClaimTemplates").compactMap { KubernetesObject($0) } }
    package var currentReplicas: Int { status.int("replicas") ?? 0 }
    package var readyReplicas: Int { status.int("readyReplicas") ?? 0 }
    package var updatedReplicas: Int { status.int("updatedReplicas") ?? 0 }
    package var availableReplicas: Int { status.int("availableReplicas") ?? 0 }
    package var currentRevision: String { status.string("currentRevision") ?? "" }
    package var updateRevision: String { status.string("updateRevision") ?? "" }
}

package struct DaemonSet: WorkloadView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var updateStrategy: String { spec.string("updateStrategy", "type") ?? "RollingUpdate" }
    package var desiredNumber: Int { status.int("desiredNumberScheduled") ?? 0 }
    package var currentNumber: Int { status.int("currentNumberScheduled") ?? 0 }
    package var readyNumber: Int { status.int("numberReady") ?? 0 }
    package var availableNumber: Int { status.int("numberAvailable") ?? 0 }
    package var updatedNumber: Int { status.int("updatedNumberScheduled") ?? 0 }
    package var misscheduledNumber: Int { status.int("numberMisscheduled") ?? 0 }
}

package struct Job: WorkloadView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var parallelism: Int { spec.int("parallelism") ?? 1 }
    /// Nil when one success ends a job whose pods share a queue.
    package var completions: Int? { spec.int("completions") }
    package var backoffLimit: Int { spec.int("backoffLimit") ?? 6 }
    package var activeDeadlineSeconds: Int? { spec.int("activeDeadlineSeconds") }
    package var timeToLiveSeconds: Int? { spec.int("ttlSecondsAfterFinished") }
    package var isSuspended: Bool { spec.bool("suspend") ?? false }
    package var isIndexed: Bool { spec.string("completionMode") == "Indexed" }
    package var active: Int { status.int("active") ?? 0 }
    package var succeeded: Int { status.int("succeeded") ?? 0 }
    package var failed: Int { status.int("failed") ?? 0 }
    package var startTime: Instant? { status.time("startTime") }
    package var completionTime: Instant? { status.time("completionTime") }
    package var isComplete: Bool { condition("Complete")?.isTrue ?? false }
    package var hasFailed: Bool { condition("Failed")?.isTrue ?? false }
    package var isFinished: Bool { isComplete || hasFailed }
}

package struct CronJob: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var schedule: String { spec.string("schedule") ?? "" }
    package var timeZone: String? { spec.string("timeZone") }
    package var isSuspended: Bool { spec.bool("suspend") ?? false }
    package var concurrencyPolicy: String { spec.string("concurrencyPolicy") ?? "Allow" }
    package var startingDeadlineSeconds: Int? { spec.int("startingDeadlineSeconds") }
    package var successfulJobsHistoryLimit: Int { spec.int("successfulJobsHistoryLimit") ?? 3 }
    package var failedJobsHistoryLimit: Int { spec.int("failedJobsHistoryLimit") ?? 1 }
    package var jobTemplate: JSONValue { spec["jobTemplate"] ?? .null }
    package var active: [JSONValue] { status.elements("active") }
    package var lastScheduleTime: Instant? { status.time("lastScheduleTime") }
    package var lastSuccessfulTime: Instant? { status.time("lastSuccessfulTime") }
}
