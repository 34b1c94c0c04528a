import KubernetesModel

/// What a process takes of its machine: processor time by the windows in which it is measured, and memory.
struct ProcessUsage {
    static let window = 15
    /// What one step of a program costs, and the answer to one request.
    static let step = Duration.microseconds(900)
    static let serving = Duration.milliseconds(4)

    /// Bytes, beyond what the program takes for being there.
    var allocated = 0
    private var slot = 0
    private var current = Duration.zero
    private var last = Duration.zero

    mutating func spend(_ time: Duration, at now: Instant) {
        turn(to: now)
        current += time
    }

    /// In billionths of a processor, over the last whole window.
    func nanocores(at now: Instant) -> Int {
        var usage = self
        usage.turn(to: now)
        return Int(usage.last.nanoseconds) / Self.window
    }

    private mutating func turn(to now: Instant) {
        let next = now.seconds / Self.window
        guard next != slot else { return }
        last = next == slot + 1 ? current : .zero
        current = .zero
        slot = next
    }
}
