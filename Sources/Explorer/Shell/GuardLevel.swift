/// How much asking there is before something in a cluster is changed.
nonisolated package enum GuardLevel: String, Sendable, Hashable, CaseIterable {
    /// Deletions ask, nothing else does: labs and the simulator.
    case open
    /// Everything that writes shows its request and asks.
    case confirm
    /// As `confirm`, and the name must be typed; nothing in bulk.
    case strict
    case readOnly = "read-only"

    /// Why nothing may be changed; nil where it may.
    var obstacle: String? { self == .readOnly ? "This cluster is opened read-only" : nil }

    /// What it means, as the end of a sentence.
    var meaning: String {
        switch self {
        case .open: "only what destroys asks"
        case .confirm: "what changes something asks"
        case .strict: "names are typed, and objects are changed one at a time"
        case .readOnly: "nothing can be changed"
        }
    }
}
