import KubernetesModel

/// When containers of a pod were started, and when one that keeps failing is started again.
struct PodStarts: Sendable, Hashable {
    /// A container that waits for its next start because the last runs failed.
    struct BackOff: Sendable, Hashable {
        /// When the run began that failed last.
        var failedStart: Instant
        var nextStart: Instant
    }

    /// The latest start of any container.
    private(set) var last: Instant?
    /// Of several containers the one that waits longest.
    private(set) var backOff: BackOff?

    init(_ pod: KubernetesObject) {
        let statuses = ["initContainerStatuses", "containerStatuses"].flatMap { pod.status[$0]?.arrayValue ?? [] }
        last = statuses.flatMap(Self.starts).max()
        backOff = statuses.compactMap(Self.backOff).max { $0.nextStart < $1.nextStart }
    }

    private static func starts(_ status: JSONValue) -> [Instant] {
        [status["state"]?["running"], status["state"]?["terminated"], status["lastState"]?["terminated"]].compactMap {
            time($0?["startedAt"])
        }
    }

    /// The kubelet counts from the end of the last run, and tells the delay in its message: `back-off 1m20s restarting …`.
    private static func backOff(_ status: JSONValue) -> BackOff? {
        let waiting = status["state"]?["waiting"]
        let run = status["lastState"]?["terminated"]
        guard waiting?["reason"]?.stringValue == "CrashLoopBackOff", let start = time(run?["startedAt"]),
            let end = time(run?["finishedAt"]),
            let words = waiting?["message"]?.stringValue?.split(separator: " "), words.count > 1, words[0] == "back-off",
            let delay = seconds(words[1])
        else { return nil }
        return BackOff(failedStart: start, nextStart: end + .seconds(delay))
    }

    private static func time(_ value: JSONValue?) -> Instant? {
        value?.stringValue.flatMap(KubernetesTime.parse)
    }

    private static let units: [Character: Int] = ["h": 3600, "m": 60, "s": 1]

    /// `1m20s`.
    private static func seconds(_ text: Substring) -> Int? {
        var rest = text
        var seconds = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.count < 7, let amount = Int(digits), let unit = rest.popFirst().flatMap({ units[$0] }) else { return nil }
            seconds += amount * unit
        }
        return seconds
    }
}
