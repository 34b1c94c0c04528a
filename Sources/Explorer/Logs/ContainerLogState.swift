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

    func hasLog(previous: Bool) -> Bool {
        if previous { return status?["lastState"]?["terminated"] != nil }
        let state = status?["state"]
        return state?["running"] != nil || state?["terminated"] != nil || restarts > 0
    }

    /// Why there is nothing to read: `ImagePullBackOff: Back-off pulling image …`.
    var silence: String {
        guard let waiting = status?["state"]?["waiting"] else { return "has not started yet" }
        let reason = waiting["reason"]?.stringValue ?? "waiting"
        return waiting["message"]?.stringValue.map { "\(reason): \($0)" } ?? reason
    }
}
