/// Decides when a frame is drawn: at once after a key, at most every `interval` after changes in the cluster.
struct FramePacer {
    enum Decision: Equatable {
        case drawNow
        /// Draw when so much time has passed, unless a frame was drawn by then.
        case drawAfter(Duration)
        /// A frame is due already.
        case wait
    }

    static let interval = Duration.milliseconds(33)

    private var lastFrame: Duration?
    private var isScheduled = false

    /// Something visible changed in the cluster.
    /// - Parameter now: time on any clock that never goes back, the same for every call.
    mutating func dataChanged(now: Duration) -> Decision {
        if isScheduled { return .wait }
        let passed = lastFrame.map { now - $0 } ?? Self.interval
        if passed >= Self.interval { return .drawNow }
        isScheduled = true
        return .drawAfter(Self.interval - passed)
    }

    /// The delay asked for has passed. Whether a frame is still wanted: one drawn for a key in between made it needless.
    mutating func delayPassed() -> Bool {
        defer { isScheduled = false }
        return isScheduled
    }

    mutating func frameDrawn(now: Duration) {
        lastFrame = now
        isScheduled = false
    }
}
