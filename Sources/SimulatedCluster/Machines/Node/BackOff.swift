import KubernetesModel

/// The wait between attempts: none before the second, then doubled each time, as the kubelet restarts containers.
struct BackOff: Equatable {
    let initial: Duration
    let maximum: Duration
    /// What the next attempt has to wait for, counted from the end of the last one; zero before the first failure.
    private(set) var delay: Duration = .zero
    private var lastAttempt: Instant?

    init(initial: Duration = .seconds(10), maximum: Duration = .seconds(300)) {
        self.initial = initial
        self.maximum = maximum
    }

    /// Notes that another attempt begins. One that comes long after the last counts as the first.
    mutating func attempt(at now: Instant) {
        if let lastAttempt, lastAttempt.duration(to: now) > maximum * 2 { delay = .zero }
        delay = delay == .zero ? initial : min(delay * 2, maximum)
        lastAttempt = now
    }

    /// As Go prints durations: `10s`, `2m40s`, `5m0s`.
    static func text(_ duration: Duration) -> String {
        let seconds = duration.wholeSeconds
        if seconds < 60 { return "\(seconds)s" }
        let minutes = seconds / 60
        return minutes < 60 ? "\(minutes)m\(seconds % 60)s" : "\(minutes / 60)h\(minutes % 60)m\(seconds % 60)s"
    }
}
