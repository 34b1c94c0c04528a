import KubernetesModel

/// Where a Job stands: its pods counted, and the status that follows.
struct JobState {
    struct Failure {
        var reason: String
        var message: String
    }

    let job: KubernetesObject
    let pods: JobPods
    private let now: Instant
    private var status: JSONObject
    private var conditions: ConditionList
    private var completed: IndexSet
    private var failedIndexes: IndexSet
    private var policyFailure: Failure?
    /// Those that were counted just now, and may go.
    private(set) var counted: [KubernetesObject] = []

    init(_ job: KubernetesObject, pods: OwnedPods, at now: Instant) {
        self.job = job
        self.now = now
        self.pods = JobPods(pods, of: job)
        status = job.status.objectValue ?? [:]
        conditions = ConditionList(status["conditions"], at: now)
        let completions = job.spec["completions"]?.intValue ?? 0
        completed = IndexSet(status["completedIndexes"]?.stringValue, below: completions)
        failedIndexes = IndexSet(status["failedIndexes"]?.stringValue, below: completions)
        if status["startTime"] == nil, !isSuspended { status["startTime"] = time }
        countEnds()
        countLiving()
    }

    private var time: JSONValue { .string(KubernetesTime.seconds(now)) }
    var isSuspended: Bool { job.spec["suspend"]?.boolValue == true }
    private var isIndexed: Bool { job.spec["completionMode"] == "Indexed" }
    private var completions: Int? { job.spec["completions"]?.intValue }
    private var parallelism: Int { job.spec["parallelism"]?.intValue ?? 1 }
    private var succeeded: Int { status["succeeded"]?.intValue ?? 0 }
    private var failed: Int { status["failed"]?.intValue ?? 0 }

    // MARK: Counting

    private mutating func countEnds() {
        let successes = pods.uncountedSuccesses
        for pod in successes where isIndexed { JobPods.index(of: pod).map { completed.insert($0) } }
        let policy = PodFailurePolicy(job)
        var failures = failed
        for pod in pods.uncountedFailures {
            switch policy.verdict(on: pod) {
            case .ignore: continue
            case .failJob(let message):
                policyFailure = policyFailure ?? Failure(reason: "PodFailurePolicy", message: message)
            case .failIndex: JobPods.index(of: pod).map { failedIndexes.insert($0) }
            case .count: noteFailureOfIndex(of: pod)
            }
            failures += 1
        }
        counted = successes + pods.uncountedFailures
        set("succeeded", isIndexed ? completed.count : succeeded + successes.count)
        set("failed", failures)
    }

    /// An index that may fail on its own is given up after so many failures.
    private mutating func noteFailureOfIndex(of pod: KubernetesObject) {
        guard let limit = job.spec["backoffLimitPerIndex"]?.intValue, let index = JobPods.index(of: pod) else { return }
        if pods.failed.count(where: { JobPods.index(of: $0) == index }) > limit { failedIndexes.insert(index) }
    }

    private mutating func countLiving() {
        set("active", pods.active.count)
        status["ready"] = JSONValue(pods.active.filter(\.isReadyPod).count)
        status["terminating"] = JSONValue(pods.terminating.count)
        status["uncountedTerminatedPods"] = [:]
        if isIndexed { status["completedIndexes"] = completed.text.isEmpty ? JSONValue?.none : .string(completed.text) }
        if job.spec["backoffLimitPerIndex"] != nil { status["failedIndexes"] = .string(failedIndexes.text) }
    }

    private mutating func set(_ field: String, _ number: Int) {
        status[field] = number == 0 ? JSONValue?.none : JSONValue(number)
    }

    // MARK: Outcome

    private func isTrue(_ type: String) -> Bool { conditions[type]?["status"] == "True" }
    var isFinished: Bool { isTrue("Complete") || isTrue("Failed") }
    /// Nothing of it runs any more.
    var isQuiet: Bool { pods.active.isEmpty && pods.terminating.isEmpty }

    var finishTime: Instant? {
        ["Complete", "Failed"].lazy.compactMap { conditions[$0]?["lastTransitionTime"]?.stringValue.flatMap(KubernetesTime.parse) }.first
    }

    var hasEnough: Bool {
        guard let completions else { return succeeded > 0 && pods.active.isEmpty }
        return succeeded >= completions
    }

    private var start: Instant? { status["startTime"]?.stringValue.flatMap(KubernetesTime.parse) }

    private var deadlineTime: Instant? {
        guard let seconds = job.spec["activeDeadlineSeconds"]?.intValue, let start else { return nil }
        return start + .seconds(seconds)
    }

    var deadline: Duration? { deadlineTime.map { max(now.duration(to: $0), .milliseconds(1)) } }

    /// Why the Job has failed; nil while it may still succeed.
    var failure: Failure? {
        if let target = conditions["FailureTarget"], target["status"] == "True" {
            return Failure(reason: target["reason"]?.stringValue ?? "", message: target["message"]?.stringValue ?? "")
        }
        if let policyFailure { return policyFailure }
        if let deadlineTime, deadlineTime <= now {
            return Failure(reason: "DeadlineExceeded", message: "Job was active longer than specified deadline")
        }
        if let failure = indexFailure { return failure }
        let limit = job.spec["backoffLimit"]?.intValue ?? 6
        let restarts = pods.active.flatMap { $0.status["containerStatuses"]?.arrayValue ?? [] }
            .compactMap { $0["restartCount"]?.intValue }.reduce(0, +)
        let restartsInPlace = job.spec["template"]?["spec"]?["restartPolicy"] == "OnFailure"
        guard failed > limit || restartsInPlace && restarts > 0 && restarts >= limit else { return nil }
        return Failure(reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit")
    }

    private var indexFailure: Failure? {
        guard !failedIndexes.isEmpty, let completions else { return nil }
        if let most = job.spec["maxFailedIndexes"]?.intValue, failedIndexes.count > most {
            return Failure(
                reason: "MaxFailedIndexesExceeded", message: "Job has exceeded the specified maximal number of failed indexes")
        }
        guard failedIndexes.union(completed).count >= completions else { return nil }
        return Failure(reason: "FailedIndexes", message: "Job has failed indexes")
    }

    // MARK: What is missing

    /// The pods to start now: an index each, or none for a Job without indexes.
    var missing: [Int?] {
        let burst = PodBurst.size(waiting: pods.active.count(where: \.isWaitingForNode))
        let waits = job.spec["podReplacementPolicy"] == "Failed" ? pods.terminating.count : 0
        let room = parallelism - pods.active.count - waits
        guard isIndexed, completions != nil else {
            let wanted = completions.map { min(parallelism, $0 - succeeded) } ?? (succeeded > 0 ? pods.active.count : parallelism)
            return Array(repeating: nil, count: min(burst, max(0, wanted - pods.active.count - waits)))
        }
        var taken = completed.union(failedIndexes)
        for index in pods.active.compactMap(JobPods.index) { taken.insert(index) }
        return taken.missing(atMost: min(burst, max(0, room)))
    }

    /// The rest of the wait after failures: ten seconds, doubled with each, at most ten minutes.
    var backOff: Duration? {
        let failed = pods.failed
        let ends = failed.flatMap { $0.status["containerStatuses"]?.arrayValue ?? [] }
            .compactMap { $0["state"]?["terminated"]?["finishedAt"]?.stringValue.flatMap(KubernetesTime.parse) }
        guard !missing.isEmpty, let last = ends.max() else { return nil }
        let delay = min(Duration.seconds(10 << min(failed.count - 1, 6)), .seconds(600))
        let rest = now.duration(to: last + delay)
        return rest > .zero ? rest : nil
    }

    // MARK: Conditions

    private mutating func set(_ type: String, _ isTrue: Bool, _ reason: String, _ message: String) {
        conditions.set(type, isTrue, reason, message, updates: false)
    }

    /// Decided; the Job itself has failed once the last of its pods is gone.
    mutating func fail(_ failure: Failure) {
        set("FailureTarget", true, failure.reason, failure.message)
        guard isQuiet else { return }
        set("Failed", true, failure.reason, failure.message)
    }

    mutating func complete() {
        let message = "Reached expected number of succeeded pods"
        set("SuccessCriteriaMet", true, "CompletionsReached", message)
        guard isQuiet else { return }
        set("Complete", true, "CompletionsReached", message)
        status["completionTime"] = time
    }

    /// True when the Job was not suspended before.
    mutating func suspend() -> Bool {
        let wasSuspended = isTrue("Suspended")
        set("Suspended", true, "JobSuspended", "Job suspended")
        status["startTime"] = nil
        return !wasSuspended
    }

    /// True when the Job was suspended before.
    mutating func resume() -> Bool {
        guard isTrue("Suspended") else { return false }
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
        return statusWrite(job, status) + pods.adoptions + JobPods.release(counted)
    }
}
