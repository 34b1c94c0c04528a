import KubernetesModel

extension WritePipeline {
    /// Stores an event, or counts up the one that says the same of the same object; empty when the reporter is not heard.
    func record(_ draft: EventDraft, by writer: Writer, at now: Instant) throws(StatusError) -> KubernetesObject {
        guard let report = correlator.admit(draft, at: now) else { return KubernetesObject([:]) }
        let events = GroupResource(resource: "events")
        if let known = recentEvents[report.key], let found = store.get(events, known) {
            return view.object(store.put(repeated(view.object(found), report.draft, at: now), resource: events))
        }
        let event = newEvent(report.draft, namespace: draft.regarding.namespace ?? "default", at: now)
        recentEvents[report.key] = event.key
        if recentEvents.count > 4_096 { recentEvents = [report.key: event.key] }
        return try create(event, as: try resource(events), by: writer, at: now)
    }

    /// Older reporters count, newer ones keep a series.
    private func repeated(_ event: KubernetesObject, _ draft: EventDraft, at now: Instant) -> KubernetesObject {
        var event = event
        guard draft.action == nil else {
            let count = event["series"]?["count"]?.intValue ?? 1
            event["series"] = ["count": JSONValue(count + 1), "lastObservedTime": .string(KubernetesTime.microseconds(now))]
            return event
        }
        event["count"] = JSONValue((event["count"]?.intValue ?? 1) + 1)
        event["message"] = .string(draft.message)
        event["lastTimestamp"] = .string(KubernetesTime.seconds(now))
        return event
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
