import KubernetesModel

/// What was noted of a pod that has no log.
enum LogWarnings {
    /// The latest of each reason, three at most: `2m ago ×14 FailedMount: …`.
    static func texts(of events: [KubernetesObject], now: Instant) -> [String] {
        var reasons: Set<String> = []
        let latest = events.map(Event.init).sorted { ($0.lastSeen ?? now) > ($1.lastSeen ?? now) }.filter {
            reasons.insert($0.reason).inserted
        }
        return latest.prefix(3).map { event in
            let age = event.lastSeen.map { "\(HumanDuration.text(since: $0, now: now)) ago " } ?? ""
            return "\(age)\(event.count > 1 ? "×\(event.count) " : "")\(event.reason): \(event.message)"
        }
    }
}
