/// How much asking there is before something in a cluster is changed.
nonisolated package enum GuardLevel: String, Sendable, Hashable, CaseIterable {
    /// Deletions ask, nothing else does: labs and the simulator.
    case open
    /// Everything that writes shows its request and asks.
    case confirm
    /// As `confirm`, and the name must be typed; nothing in bulk.
    case strict
    case readOnly = "read-only"

    /// The level for a context nobody chose one for: names that look like production are guarded harder.
    package static func standard(forContext name: String) -> GuardLevel {
        let words = name.lowercased().split { !$0.isLetter }
        return words.contains { ["prod", "production", "prd", "live"].contains($0) } ? .strict : .confirm
    }

    /// Why nothing may be changed; nil where it may.
    var obstacle: String? { self == .readOnly ? "This cluster is opened read-only" : nil }
}
