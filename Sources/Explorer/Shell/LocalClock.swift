import Foundation
import KubernetesModel

/// The time of day where the person is.
enum LocalClock {
    static func text(_ instant: Instant) -> String {
        let offset = TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instant.seconds)))
        let second = (instant.seconds + offset) % 86_400
        return [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
