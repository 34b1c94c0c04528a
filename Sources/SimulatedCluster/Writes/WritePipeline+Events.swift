import KubernetesModel

extension WritePipeline {
    /// Stores an event, or counts up the one that says the same of the same object.
    func record(_ draft: EventDraft, by writer: Writer, at now: Instant) throws(StatusError) -> KubernetesObject {
        let events = GroupResource(resource: "events")
        let namespace = draft.regarding.namespace ?? "default"
        if let known = recentEvents[draft], let found = store.get(events, known) {
            var event = view.object(found)
            event["count"] = JSONValue((event["count"]?.intValue ?? 1) + 1)
            event["lastTimestamp"] = .string(KubernetesTime.seconds(now))
            return store.put(event, resource: events).object
        }
        let event = newEvent(draft, namespace: namespace, at: now)
        recentEvents[draft] = event.key
        if recentEvents.count > 4_096 { recentEvents = [draft: event.key] }
        return try create(event, as: try resource(events), by: writer, at: now)
    }

    private func newEvent(_ draft: EventDraft, namespace: String, at now: Instant) -> KubernetesObject {
        let time = JSONValue.string(KubernetesTime.seconds(now))
        let name = "\(draft.regarding.name).\(eventSuffix(at: now))"
        var json: JSONObject = ["apiVersion": "v1", "kind": "Event"]
        json["metadata"] = ["name": .string(name), "namespace": .string(namespace)]
        json["involvedObject"] = involved(draft)
        json["reason"] = .string(draft.reason)
        json["message"] = .string(draft.message)
        json["type"] = .string(draft.level.rawValue)
        json["reportingComponent"] = .string(draft.component)
        if let action = draft.action {
            json["source"] = [:]
            json["firstTimestamp"] = JSONValue.null
            json["lastTimestamp"] = JSONValue.null
            json["eventTime"] = .string(KubernetesTime.microseconds(now))
            json["action"] = .string(action)
            json["reportingInstance"] = .string("\(draft.component)-\(draft.host ?? "control-plane")")
        } else {
            var source: JSONObject = ["component": .string(draft.component)]
            source["host"] = draft.host.map(JSONValue.string)
            json["source"] = .object(source)
            json["firstTimestamp"] = time
            json["lastTimestamp"] = time
            json["count"] = 1
            json["eventTime"] = JSONValue.null
            json["reportingInstance"] = .string(draft.host ?? "")
        }
        return KubernetesObject(json)
    }

    /// Sixteen digits of the time, so that names sort as events happened; two events of the same instant differ in the last.
    private func eventSuffix(at now: Instant) -> String {
        lastEventTime = max(lastEventTime + 1, now.nanoseconds)
        let digits = String(lastEventTime, radix: 16)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
    }

    private func involved(_ draft: EventDraft) -> JSONValue {
        let object = draft.regarding
        var json: JSONObject = ["kind": .string(object.kind), "apiVersion": .string(object.apiVersion)]
        json["namespace"] = object.namespace.map(JSONValue.string)
        json["name"] = .string(object.name)
        json["uid"] = object.uid.map(JSONValue.string)
        if let resource = registry.resource(for: object.groupVersionKind), let found = store.get(resource.groupResource, object.key) {
            json["resourceVersion"] = .string(String(found.revision))
        }
        json["fieldPath"] = draft.fieldPath.map(JSONValue.string)
        return .object(json)
    }
}
