import KubernetesModel

/// What happened to objects, in the order of time: events, alike ones as one, between the changes of state that they belong to.
nonisolated struct Timeline: Sendable {
    struct Entry: Equatable, Sendable {
        enum Kind: Equatable, Sendable {
            case event, warning
            /// Something began or ended, or a condition changed.
            case state
            /// A state that is worse than the one before.
            case fault
            /// Somebody changed what is wanted.
            case change
        }

        /// When it happened last.
        let time: Instant
        /// When it happened first, where it happened several times.
        var first: Instant
        var count = 1
        let object: ObjectReference
        let kind: Kind
        /// `BackOff`, `Ready=False`, `started`.
        let what: String
        let text: String
    }

    /// The newest first.
    let entries: [Entry]

    init(events: [KubernetesObject], objects: [KubernetesObject]) {
        let states = objects.flatMap { ObjectStates($0).entries }
        entries = (Self.grouped(events) + states).sorted { ($0.time, $0.first) > ($1.time, $1.first) }
    }

    /// Events of one reason about one object are one entry, told in the words of the latest.
    private static func grouped(_ events: [KubernetesObject]) -> [Entry] {
        struct Group: Hashable {
            let object: ObjectReference
            let type: String
            let reason: String
        }
        let groups = Dictionary(grouping: events.map(Event.init)) {
            Group(object: $0.regarding.withoutVersion, type: $0.type, reason: $0.reason)
        }
        return groups.compactMap { group, events in
            let seen = events.compactMap { event in event.lastSeen.map { (event: event, time: $0) } }
            guard let (latest, time) = seen.max(by: { ($0.time, $0.event.name) < ($1.time, $1.event.name) }) else { return nil }
            return Entry(
                time: time, first: seen.map { $0.event.firstSeen ?? $0.time }.min() ?? time,
                count: events.reduce(0) { $0.addingReportingOverflow(max(1, $1.count)).partialValue },
                object: latest.regarding, kind: latest.isWarning ? .warning : .event, what: latest.reason, text: latest.message
            )
        }
    }
}

nonisolated extension ObjectReference {
    /// Events are told of an object under any of its versions.
    fileprivate var withoutVersion: ObjectReference {
        var reference = self
        reference.apiVersion = ""
        return reference
    }
}
