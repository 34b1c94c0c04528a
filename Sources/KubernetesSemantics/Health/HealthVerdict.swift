/// How well an object is, and why not better.
package struct HealthVerdict: Sendable, Hashable {
    /// Ordered from fine to broken, `unknown` apart at the end.
    package enum Level: Int, Sendable, Hashable, CaseIterable {
        case ok
        /// Ran to its end, as it should.
        case finished
        /// On its way to being well; nothing to do but wait.
        case progressing
        /// Worth a look: works, but not fully.
        case warning
        case failing
        /// The object does not say.
        case unknown
    }

    package var level: Level
    /// Nil when there is nothing to add to the level.
    package var reason: String?

    package init(_ level: Level, _ reason: String? = nil) {
        self.level = level
        self.reason = reason.flatMap { $0.isEmpty ? nil : $0 }
    }

    package static let ok = HealthVerdict(.ok)

    /// Whether a person who looks for faults wants to see it.
    package var isFault: Bool { level == .warning || level == .failing }
}
