/// A point in time: what a clock, real or simulated, says.
package struct Instant: Sendable, Hashable, Comparable, InstantProtocol {
    /// Since 1970-01-01T00:00:00Z, without leap seconds; reaches from the year 1677 to 2262.
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// - Parameter seconds: since 1970-01-01T00:00:00Z.
    package init(seconds: Int) {
        nanoseconds = Int64(seconds).multipliedSaturating(by: Self.nanosecondsPerSecond)
    }

    /// Nil for a time that can't be held.
    /// - Parameter nanoseconds: to be added, of either sign.
    package init?(exactlySeconds seconds: Int, nanoseconds: Int) {
        let (whole, isTooFar) = Int64(seconds).multipliedReportingOverflow(by: Self.nanosecondsPerSecond)
        let (sum, isOver) = whole.addingReportingOverflow(Int64(nanoseconds))
        guard !isTooFar, !isOver else { return nil }
        self.nanoseconds = sum
    }

    static let nanosecondsPerSecond: Int64 = 1_000_000_000

    /// Whole seconds since 1970, rounded towards the past.
    package var seconds: Int {
        let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: Self.nanosecondsPerSecond)
        return Int(remainder < 0 ? quotient - 1 : quotient)
    }

    /// Nanoseconds past the whole second, 0..<1,000,000,000.
    package var fraction: Int64 {
        let remainder = nanoseconds % Self.nanosecondsPerSecond
        return remainder < 0 ? remainder + Self.nanosecondsPerSecond : remainder
    }

    package func advanced(by duration: Duration) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return Instant(nanoseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    package func duration(to other: Instant) -> Duration {
        let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        return .nanoseconds(overflow ? (other < self ? .min : .max) : difference)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    package static func + (instant: Instant, duration: Duration) -> Instant {
        instant.advanced(by: duration)
    }

    package static func - (instant: Instant, duration: Duration) -> Instant {
        instant.advanced(by: .zero - duration)
    }

    /// How long after `earlier` `later` is.
    package static func - (later: Instant, earlier: Instant) -> Duration {
        earlier.duration(to: later)
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC, with as many digits of the second as there are.
    package var description: String {
        KubernetesTime.text(self, digits: fraction == 0 ? 0 : fraction % 1000 == 0 ? 6 : 9)
    }
}

extension Duration {
    /// Nearest to zero that fits, rounded towards zero.
    package var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let whole = seconds.multipliedSaturating(by: Instant.nanosecondsPerSecond)
        let (sum, overflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow ? whole : sum
    }

    /// Whole seconds, rounded towards zero.
    package var wholeSeconds: Int { Int(components.seconds) }
}

extension Int64 {
    fileprivate func multipliedSaturating(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }
}
