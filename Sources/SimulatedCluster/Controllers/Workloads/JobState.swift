import KubernetesModel

/// Where a Job stands: its pods by outcome, and the status that follows.
struct JobState {
    struct Failure {
        var reason: String
        var message: String
    }

    private let job: KubernetesObject
    private let now: Instant
    private let pods: OwnedPods
    private var status: JSONObject
    private var conditions: ConditionList

    init(_ job: KubernetesObject, pods: OwnedPods, at now: Instant) {
        self.job = job
        self.now = now
        self.pods = pods
        status = job.status.objectValue ?? [:]
        conditions = ConditionList(status["conditions"], at: now)
        if status["startTime"] == nil, job.spec["suspend"]?.boolValue != true { status["startTime"] = time }
        count()
    }

    private var time: JSONValue { .string(KubernetesTime.seconds(now)) }
    var active: [KubernetesObject] { pods.active }
    private var succeeded: Int { pods.pods.count { $0.status["phase"] == "Succeeded" } }
    private var failedPods: [KubernetesObject] { pods.pods.filter { $0.status["phase"] == "Failed" } }

    private mutating func count() {
        func set(_ field: String, _ number: Int) { status[field] = number == 0 ? JSONValue?.none : JSONValue(number) }
        set("active", pods.active.count)
        set("succeeded", succeeded)
        set("failed", failedPods.count)
        status["ready"] = JSONValue(pods.active.filter(\.isReadyPod).count)
        status["terminating"] = JSONValue(pods.terminating.count)
        status["uncountedTerminatedPods"] = [:]
    }

    private var completions: Int { job.spec["completions"]?.intValue ?? 1 }
    private var parallelism: Int { job.spec["parallelism"]?.intValue ?? 1 }

    var isFinished: Bool {
        ["Complete", "Failed"].contains { conditions[$0]?["status"]?.stringValue == "True" }
    }

    var finishTime: Instant? {
        ["Complete", "Failed"].lazy.compactMap { conditions[$0]?["lastTransitionTime"]?.stringValue.flatMap(KubernetesTime.parse) }.first
    }

    var isComplete: Bool {
        if job.spec["completions"] == nil { return succeeded > 0 && pods.active.isEmpty }
        return succeeded >= completions
    }

    /// How many pods to start now.
    var missing: Int { max(0, min(parallelism, completions - succeeded) - pods.active.count - pods.terminating.count) }

    private var start: Instant? { status["startTime"]?.stringValue.flatMap(KubernetesTime.parse) }

    private var deadlineTime: Instant? {
        guard let seconds = job.spec["activeDeadlineSeconds"]?.intValue, let start else { return nil }
        return start + .seconds(seconds)
    }

    var deadline: Duration? { deadlineTime.map { max(now.duration(to: $0), .milliseconds(1)) } }

    var failure: Failure? {
        if let deadlineTime, deadlineTime <= now {
            return Failure(reason: "DeadlineExceeded", message: "Job was active longer than specified deadline")
        }
        let restarts = pods.active.flatMap { $0.status["containerStatuses"]?.arrayValue ?? [] }
            .compactMap { $0["restartCount"]?.intValue }.reduce(0, +)
        let limit = job.spec["backoffLimit"]?.intValue ?? 6
        let isOnFailure = job.spec["template"]?["spec"]?["restartPolicy"] == "OnFailure"
        guard failedPods.count > limit || (isOnFailure && limit > 0 && restarts >= limit) else { return nil }
        return Failure(reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit")
    }

    /// The rest of the wait after failures: ten seconds, doubled with each, at most six minutes.
    var backOff: Duration? {
        let ends = failedPods.flatMap { $0.status["containerStatuses"]?.arrayValue ?? [] }
            .compactMap { $0["state"]?["terminated"]?["finishedAt"]?.stringValue.flatMap(KubernetesTime.parse) }
        guard missing > 0, let last = ends.max() else { return nil }
        let delay = min(Duration.seconds(10 << min(failedPods.count - 1, 6)), .seconds(360))
        let rest = now.duration(to: last + delay)
        return rest > .zero ? rest : nil
    }

    // MARK: Conditions

    private mutating func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) {
        conditions.set(type, isTrue, reason, message, updates: false)
    }

    mutating func fail(_ failure: Failure) {
        set("FailureTarget", true, failure.reason, failure.message)
        set("Failed", true, failure.reason, failure.message)
        // Pods that were still running count as failed when they are stopped for it.
        let failed = failedPods.count + pods.active.count
        status["failed"] = failed == 0 ? JSONValue?.none : JSONValue(failed)
        status["active"] = nil
        status["ready"] = 0
    }

    mutating func complete() {
        let message = "Reached expected number of succeeded pods"
        set("SuccessCriteriaMet", true, "CompletionsReached", message)
        set("Complete", true, "CompletionsReached", message)
        status["completionTime"] = time
    }

    /// True when the Job was not suspended before.
    mutating func suspend() -> Bool {
        let wasSuspended = conditions["Suspended"]?["status"]?.stringValue == "True"
        set("Suspended", true, "JobSuspended", "Job suspended")
        status["startTime"] = nil
        return !wasSuspended
    }

    /// True when the Job was suspended before.
    mutating func resume() -> Bool {
        guard conditions["Suspended"]?["status"]?.stringValue == "True" else { return false }
        set("Suspended", false, "JobResumed", "Job resumed")
        status["startTime"] = time
        return true
    }

    var writes: [Write] {
        var status = status
        status["conditions"] = conditions.json.map { list in
            .array(
                (list.arrayValue ?? []).map { condition in
                    var condition = condition
                    if condition["lastProbeTime"] == nil { condition["lastProbeTime"] = condition["lastTransitionTime"] }
                    return condition
                })
        }
        return statusWrite(job, status)
    }
}
