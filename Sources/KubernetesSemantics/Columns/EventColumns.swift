package import KubernetesModel

/// What the API server prints about an event, in the form of either of the two groups that serve events.
package struct EventColumns: Sendable {
    private let event: FieldReader

    package init(_ object: KubernetesObject) {
        event = FieldReader(object)
    }

    /// When it happened first; nil when the event doesn't say.
    package var firstSeen: String? {
        [event.firstTimestamp, event.deprecatedFirstTimestamp, event.eventTime].first { $0.exists }?.text
    }

    /// When it happened last.
    package var lastSeen: String? {
        [event.series.lastObservedTime, event.lastTimestamp, event.deprecatedLastTimestamp].first { $0.exists }?.text ?? firstSeen
    }

    package var count: Int {
        if event.series.exists { return event.series["count"].number }
        return max(1, event["count"].number, event.deprecatedCount.number)
    }

    package var regarding: FieldReader {
        event.involvedObject.exists ? event.involvedObject : event.regarding
    }

    package var type: String { event["type"].text }
    package var reason: String { event.reason.text }

    package var message: String {
        let message = event.message.text(or: event.note.text)
        let start = message.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// `pod/cart-0`.
    package var target: String {
        let kind = regarding.kind.text.lowercased()
        let name = regarding.name.text
        return name.isEmpty ? kind : "\(kind)/\(name)"
    }

    private var source: String {
        let old = event.source.exists ? event.source : event.deprecatedSource
        let component = old.component.text(or: event.reportingComponent.text(or: event.reportingController.text))
        let instance = old.host.text(or: event.reportingInstance.text)
        return instance.isEmpty ? component : "\(component), \(instance)"
    }

    static func cells(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let event = EventColumns(object)
        return [
            .string(CellText.age(since: event.lastSeen, now: now)), .string(event.type), .string(event.reason), .string(event.target),
            .string(event.regarding.fieldPath.text), .string(event.source), .string(event.message),
            .string(CellText.age(since: event.firstSeen, now: now)), JSONValue(event.count), .string(object.name),
        ]
    }
}
