import KubernetesModel

/// The changes of state that an object tells of itself, each with its time.
nonisolated struct ObjectStates {
    let entries: [Timeline.Entry]

    init(_ object: KubernetesObject) {
        let reference = ObjectReference(
            apiVersion: object.apiVersion, kind: object.kind, namespace: object.namespace, name: object.name, uid: object.uid)
        func entry(_ time: Instant?, _ kind: Timeline.Entry.Kind, _ what: String, _ text: String) -> Timeline.Entry? {
            time.map { Timeline.Entry(time: $0, first: $0, object: reference, kind: kind, what: what, text: text) }
        }
        let life = [
            entry(object.metadata.creationTimestamp.flatMap(KubernetesTime.parse), .state, "created", Self.revision(of: object)),
            entry(object.metadata.deletionRequest, .fault, "deletion asked for", ""),
        ]
        let conditions = object.status.views("conditions", as: Condition.self).map { condition in
            let text = [condition.reason, condition.message].filter { !$0.isEmpty }.joined(separator: ": ")
            return entry(
                condition.lastTransition, condition.namesTroubleNow ? .fault : .state, "\(condition.type)=\(condition.status)", text)
        }
        let containers = ["initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"].flatMap { list in
            object.status.views(list, as: ContainerStatus.self).flatMap { status in
                [status.lastState, status.state].flatMap { state in
                    Self.runs(of: state).map { entry($0.time, $0.kind, $0.what, "container \(status.name)\($0.text)") }
                }
            }
        }
        let changes = ObjectChange.all(of: object["metadata"], kind: object.kind).filter { !$0.operation.contains("/") }.map { change in
            entry(change.time, .change, "changed", "by \(change.manager) (\(change.operation))")
        }
        entries = (life + conditions + containers + changes).compactMap(\.self)
    }

    private typealias Run = (time: Instant?, kind: Timeline.Entry.Kind, what: String, text: String)

    private static func runs(of state: ContainerState) -> [Run] {
        if state.isRunning { return [(state.startedAt, .state, "started", "")] }
        guard state.isTerminated else { return [] }
        let code = state.exitCode ?? 0
        let end = ": \(state.reason ?? "ended"), exit code \(code)" + (state.message.map { ", \($0)" } ?? "")
        return [(state.startedAt, .state, "started", ""), (state.finishedAt, code == 0 ? .state : .fault, "terminated", end)]
    }

    private static func revision(of object: KubernetesObject) -> String {
        guard object.kind == "ReplicaSet", let revision = object.metadata.annotations["deployment.kubernetes.io/revision"] else {
            return ""
        }
        return "rolled out as revision \(revision)"
    }
}

nonisolated extension Condition {
    /// Whether it tells of a trouble: most conditions are good when true, those that name a trouble are not.
    var namesTroubleNow: Bool {
        let namesTrouble = ["Pressure", "Unavailable", "Failed", "Failure", "Degraded", "Stalled"].contains { type.hasSuffix($0) }
        return status == (namesTrouble ? "True" : "False")
    }
}
