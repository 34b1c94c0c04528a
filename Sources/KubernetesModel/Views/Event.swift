/// An event of either group: `v1`, or `events.k8s.io/v1` with its other names.
package struct Event: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    /// `Normal` or `Warning`.
    package var type: String { object["type"]?.stringValue ?? "" }
    package var isWarning: Bool { type == "Warning" }
    package var reason: String { object["reason"]?.stringValue ?? "" }
    package var message: String { object["message"]?.stringValue ?? object["note"]?.stringValue ?? "" }

    /// The object that it is about.
    package var regarding: ObjectReference {
        let json = object["involvedObject"] ?? object["regarding"] ?? .null
        return ObjectReference(
            apiVersion: json.string("apiVersion") ?? "", kind: json.string("kind") ?? "",
            namespace: json.string("namespace").flatMap { $0.isEmpty ? nil : $0 }, name: json.string("name") ?? "", uid: json.string("uid")
        )
    }

    package var sourceComponent: String {
        let source = object["source"] ?? object["deprecatedSource"]
        return source?.string("component") ?? object["reportingComponent"]?.stringValue ?? object["reportingController"]?.stringValue ?? ""
    }

    /// How often it happened.
    package var count: Int {
        object["series", "count"]?.intValue ?? object["count"]?.intValue ?? object["deprecatedCount"]?.intValue ?? 1
    }

    package var firstSeen: Instant? {
        time("firstTimestamp") ?? time("deprecatedFirstTimestamp") ?? time("eventTime") ?? created
    }

    package var lastSeen: Instant? {
        object["series"]?.time("lastObservedTime") ?? time("lastTimestamp") ?? time("deprecatedLastTimestamp") ?? time("eventTime")
            ?? created
    }

    private func time(_ member: String) -> Instant? {
        object[member]?.stringValue.flatMap(KubernetesTime.parse)
    }
}
