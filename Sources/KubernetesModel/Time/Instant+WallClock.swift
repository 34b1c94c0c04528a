import Foundation

extension Instant {
    /// The machine's time of day.
    package static var wallClock: Instant {
        Instant(nanoseconds: Int64(Date().timeIntervalSince1970 * 1e9))
    }
}
