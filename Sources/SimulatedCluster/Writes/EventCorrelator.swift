import KubernetesModel

/// Keeps reporters from flooding the API: many events that differ in their message only are told as one, and whoever reports too
/// often about one object is not heard for a while. The numbers are those of client-go's recorder.
struct EventCorrelator {
    private struct Similar {
        var messages: Set<String>
        var last: Instant
    }

    private struct Bucket {
        var tokens: Double
        var last: Instant
    }

    private struct Source: Hashable {
        let component: String
        let host: String?
        let object: ObjectReference
    }

    private static let mostMessages = 10
    private static let window = Duration.seconds(600)
    private static let burst = 25.0
    private static let refill = 1.0 / 300
    private static let capacity = 4_096

    private var similar: [EventDraft: Similar] = [:]
    private var buckets: [Source: Bucket] = [:]

    struct Report {
        var draft: EventDraft
        /// What repetitions of it have in common.
        var key: EventDraft
    }

    /// What to report; nil when the reporter has reported too much.
    mutating func admit(_ draft: EventDraft, at now: Instant) -> Report? {
        // Newer reporters have another way: a series.
        if draft.action != nil { return Report(draft: draft, key: draft) }
        let combined = combine(draft, at: now)
        let source = Source(component: draft.component, host: draft.host, object: draft.regarding)
        var bucket = buckets[source] ?? Bucket(tokens: Self.burst, last: now)
        let passed = Double(bucket.last.duration(to: now).nanoseconds) / 1e9
        bucket.tokens = min(Self.burst, bucket.tokens + passed * Self.refill)
        bucket.last = now
        let isHeard = bucket.tokens >= 1
        if isHeard { bucket.tokens -= 1 }
        if buckets.count > Self.capacity { buckets = [:] }
        buckets[source] = bucket
        return isHeard ? combined : nil
    }

    private mutating func combine(_ draft: EventDraft, at now: Instant) -> Report {
        var kind = draft
        kind.message = ""
        var group = similar[kind] ?? Similar(messages: [], last: now)
        if group.last.duration(to: now) > Self.window { group.messages = [] }
        group.messages.insert(draft.message)
        group.last = now
        if similar.count > Self.capacity { similar = [:] }
        similar[kind] = group
        guard group.messages.count > Self.mostMessages else { return Report(draft: draft, key: draft) }
        var combined = draft
        combined.message = "(combined from similar events): \(draft.message)"
        return Report(draft: combined, key: kind)
    }
}
