/// How long to wait after failures in a row: 0.8 s, doubled each time up to 30 s, and jittered up to twice that, so that
/// clients that lost the same server do not come back together. Two minutes without a failure forget the earlier ones.
package struct Backoff: Sendable, Hashable {
    package private(set) var failures = 0
    private var lastFailure: Duration?

    private static let first = 0.8
    private static let longest = 30.0
    private static let memory = Duration.seconds(120)

    package init() {}

    /// - Parameters:
    ///   - now: of a clock that never goes back.
    ///   - random: in 0..<1.
    package mutating func next(now: Duration, random: Double) -> Duration {
        if let lastFailure, now - lastFailure > Self.memory { failures = 0 }
        lastFailure = now
        let base = min(Self.first * Double(1 << min(failures, 6)), Self.longest)
        failures += 1
        return .milliseconds(Int(base * (1 + random) * 1000))
    }
}
