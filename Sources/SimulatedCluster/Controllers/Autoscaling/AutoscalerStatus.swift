import KubernetesModel

/// The status of an autoscaler while it is being written.
struct AutoscalerStatus {
    private let autoscaler: KubernetesObject
    private let now: Instant
    private var conditions: ConditionList
    private var status: JSONObject

    var current = 0
    var desired = 0
    var metrics: [JSONValue] = []

    init(_ autoscaler: KubernetesObject, at now: Instant) {
        self.autoscaler = autoscaler
        self.now = now
        status = autoscaler.status.objectValue ?? [:]
        conditions = ConditionList(status["conditions"], at: now)
    }

    mutating func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) {
        conditions.set(type, isTrue, reason, message, updates: false)
    }

    mutating func noteScaling() {
        status["lastScaleTime"] = .string(KubernetesTime.seconds(now))
    }

    var writes: [Write] {
        var status = status
        status["currentReplicas"] = current == 0 ? JSONValue?.none : JSONValue(current)
        status["desiredReplicas"] = JSONValue(desired)
        status["currentMetrics"] = metrics.isEmpty ? JSONValue.null : .array(metrics)
        status["observedGeneration"] = autoscaler.metadata.generation.map { JSONValue($0) }
        status["conditions"] = conditions.json
        return statusWrite(autoscaler, status)
    }
}
