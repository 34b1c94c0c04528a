import KubernetesModel

/// The processor time that a container's processes take, by the windows in which it is measured. As in a cgroup, what a process has taken
/// stays when the process has gone.
struct ProcessorTime {
    static let window = 15
    /// What one step of a program costs, and the answer to one request.
    static let step = Duration.microseconds(900)
    static let serving = Duration.milliseconds(4)

    /// Since the container was started.
    private(set) var total = Duration.zero
    private var slot = 0
    private var current = Duration.zero
    private var last = Duration.zero

    mutating func spend(_ time: Duration, at now: Instant) {
        turn(to: now)
        current += time
        total += time
    }

    /// In billionths of a processor, over the last whole window.
    func nanocores(at now: Instant) -> Int {
        var time = self
        time.turn(to: now)
        return Int(time.last.nanoseconds) / Self.window
    }

    private mutating func turn(to now: Instant) {
        let next = now.seconds / Self.window
        guard next != slot else { return }
        last = next == slot + 1 ? current : .zero
        current = .zero
        slot = next
    }
}
