import KubernetesModel

/// Whether a container has a log to read, and if not, why.
struct ContainerLogState {
    let container: String
    let restarts: Int
    private let status: JSONValue?

    /// Init containers first, in the order of the pod's specification.
    static func all(of pod: KubernetesObject) -> [ContainerLogState] {
        [("initContainers", "initContainerStatuses"), ("containers", "containerStatuses")].flatMap { specification, statuses in
            let known = pod.status[statuses]?.arrayValue ?? []
            return (pod.spec[specification]?.arrayValue ?? []).compactMap { container in
                container["name"]?.stringValue.map { name in
                    ContainerLogState(name, status: known.first { $0["name"]?.stringValue == name })
                }
            }
        }
    }

    private init(_ container: String, status: JSONValue?) {
        self.container = container
        self.status = status
        restarts = status?["restartCount"]?.intValue ?? 0
    }

    var isRunning: Bool { status?["state"]?["running"] != nil }

    func hasLog(previous: Bool) -> Bool {
        if previous { return status?["lastState"]?["terminated"] != nil }
        let state = status?["state"]
        return state?["running"] != nil || state?["terminated"] != nil || restarts > 0
    }

    /// Why there is nothing to read: `ImagePullBackOff: Back-off pulling image …`, with how the last run ended.
    func silence(in pod: KubernetesObject, now: Instant) -> String {
        [waiting ?? Self.unscheduled(pod) ?? "has not started yet", lastExit(now)].compactMap(\.self).joined(separator: "; ")
    }

    private var waiting: String? {
        guard let waiting = status?["state"]?["waiting"] else { return nil }
        let reason = waiting["reason"]?.stringValue ?? "waiting"
        return waiting["message"]?.stringValue.map { "\(reason): \($0)" } ?? reason
    }

    private func lastExit(_ now: Instant) -> String? {
        guard let end = status?["lastState"]?["terminated"] else { return nil }
        let reason = end["reason"]?.stringValue.map { "\($0), " } ?? ""
        let age =
            end["finishedAt"]?.stringValue.flatMap(KubernetesTime.parse).map { " \(HumanDuration.text(since: $0, now: now)) ago" } ?? ""
        return "the last run ended\(age) (\(reason)exit code \(end["exitCode"]?.intValue ?? 0))"
    }

    /// Why no node has been found; nil where one has.
    private static func unscheduled(_ pod: KubernetesObject) -> String? {
        let condition = Pod(pod).condition("PodScheduled")
        guard let condition, !condition.isTrue else { return nil }
        return condition.message.isEmpty ? "is on no node yet" : "is on no node yet: \(condition.message)"
    }

    /// The container that is meant when one is wanted and none is named.
    static func main(of pod: KubernetesObject) -> String? {
        Pod(pod).defaultContainer ?? Pod(pod).containers.first?.name
    }
}
