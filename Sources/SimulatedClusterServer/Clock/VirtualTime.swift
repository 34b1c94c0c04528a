package import KubernetesModel

/// How a cluster's clock follows the machine's.
package struct VirtualTime: Sendable {
    private let epoch: Instant
    private let start = ContinuousClock.now
    private let speed: Double

    /// - Parameters:
    ///   - epoch: what the cluster's clock shows now.
    ///   - speed: virtual seconds per second; 0 stands still, and only `/sim/clock` moves the clock.
    package init(epoch: Instant, speed: Double = 1) {
        self.epoch = epoch
        self.speed = speed
    }

    /// Nil when the clock stands still.
    var now: Instant? {
        guard speed > 0 else { return nil }
        let elapsed = start.duration(to: .now) / .seconds(1)
        return epoch.advanced(by: .seconds(elapsed * speed))
    }

    /// The time to wait for `instant`; nil when the clock stands still.
    func delay(until instant: Instant) -> Duration? {
        guard let now else { return nil }
        return max(.zero, now.duration(to: instant) / speed)
    }
}
