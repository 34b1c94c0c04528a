import KubernetesClient

/// When a log that broke off is asked for again.
struct LogRetry {
    enum Step: Equatable {
        case wait(Duration)
        /// Asking again would be answered the same.
        case end
    }

    private var backoff = Backoff()
    private let start = ContinuousClock.now

    /// How often in a row nothing came of it.
    var failures: Int { backoff.failures }

    mutating func failed(_ error: ClientError, random: Double = .random(in: 0..<1)) -> Step {
        guard error.isPassing else { return .end }
        return .wait(backoff.next(now: start.duration(to: .now), random: random))
    }

    mutating func succeeded() {
        backoff = Backoff()
    }
}
