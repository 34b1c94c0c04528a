import Synchronization

/// When a server was heard last, whatever it said and to whomever.
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
