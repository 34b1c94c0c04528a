import KubernetesModel

/// When the cluster is to be woken next. It works one turn at a time, however many ask for it meanwhile.
struct WakeUp {
    private enum State {
        case asleep
        case waiting(until: Instant)
        /// With when it was asked to be woken since it began.
        case working(wanted: Instant?)
    }

    private var state = State.asleep

    /// - Returns: whether an alarm has to be set for that time, in place of the one there is.
    mutating func ask(for time: Instant) -> Bool {
        switch state {
        case .waiting(let due) where due <= time: return false
        case .asleep, .waiting:
            state = .waiting(until: time)
            return true
        case .working(let wanted):
            state = .working(wanted: wanted.map { min($0, time) } ?? time)
            return false
        }
    }

    /// The alarm has gone off.
    /// - Returns: false while it works: the turn that is under way sees to what comes next.
    mutating func begin() -> Bool {
        if case .working = state { return false }
        state = .working(wanted: nil)
        return true
    }

    /// - Parameter next: when something is to happen, as far as the turn has seen.
    /// - Returns: when to wake it again.
    mutating func end(next: Instant?) -> Instant? {
        guard case .working(let wanted) = state else { return next }
        state = .asleep
        return [next, wanted].compactMap(\.self).min()
    }
}
