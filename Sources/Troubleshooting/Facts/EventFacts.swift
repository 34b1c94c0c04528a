package import KubernetesModel

/// An event, from either of the groups that serve them.
package struct EventFacts: Sendable, Hashable {
    package var object: ObjectReference
    package var reason: String
    package var message: String
    package var count: Int
    /// When it happened last; components fill in different fields.
    package var at: Instant?

    package init(_ event: KubernetesObject) {
        let event = event.parsed()
        let involved = event["involvedObject"] ?? event["regarding"] ?? .null
        object = ObjectReference(
            apiVersion: involved["apiVersion"]?.stringValue ?? "", kind: involved["kind"]?.stringValue ?? "",
            namespace: involved["namespace"]?.stringValue, name: involved["name"]?.stringValue ?? "",
            uid: involved["uid"]?.stringValue
        )
        reason = event["reason"]?.stringValue ?? ""
        message = event["message"]?.stringValue ?? event["note"]?.stringValue ?? ""
        count = event["series"]?["count"]?.intValue ?? event["count"]?.intValue ?? 1
        let times = [
            event["series"]?["lastObservedTime"], event["eventTime"], event["lastTimestamp"], event["metadata"]?["creationTimestamp"],
        ]
        at = times.compactMap { $0?.stringValue.flatMap(KubernetesTime.parse) }.max()
    }

    var evidence: Evidence {
        .event(object: object, reason: reason, message: message, at: at, count: count)
    }
}
