import Synchronization

/// When something of a server's answers was heard last, be they documents, watches or logs.
final class ServerContact: Sendable {
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    func heard() {
        let now = ContinuousClock.now
        last.withLock { $0 = now }
    }

    /// How long nothing has come; nil before anything has.
    var silence: Duration? {
        last.withLock(\.self).map { $0.duration(to: .now) }
    }
}
