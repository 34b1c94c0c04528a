import Synchronization

/// What a cluster's server had to say about writes besides its answers: that an API goes away, that a field is unknown.
nonisolated final class WriteWarnings: Sendable {
    private let texts = Mutex<[String]>([])

    func add(_ text: String) {
        texts.withLock { if !$0.contains(text) { $0.append(text) } }
    }

    /// Returns those that came since the last time.
    func take() -> [String] {
        texts.withLock { texts in
            defer { texts = [] }
            return texts
        }
    }
}
