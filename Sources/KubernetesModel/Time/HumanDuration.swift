/// Durations as people read them in tables: coarse, and coarser the longer they are.
///
/// Follows `HumanDuration` and `ShortHumanDuration` of k8s.io/apimachinery/pkg/util/duration.
package enum HumanDuration {
    /// As in kubectl's AGE: `45s`, `9m59s`, `179m`, `7h3m`, `47h`, `7d23h`, `729d`, `7y364d`, `8y`.
    package static func text(seconds: Int) -> String {
        if let text = belowZero(seconds) { return text }
        let minutes = seconds / 60
        let hours = minutes / 60
        let days = hours / 24
        return switch true {
        case minutes < 2: "\(seconds)s"
        case minutes < 10: pair(minutes, "m", seconds % 60, "s")
        case hours < 3: "\(minutes)m"
        case hours < 8: pair(hours, "h", minutes % 60, "m")
        case hours < 48: "\(hours)h"
        case days < 8: pair(days, "d", hours % 24, "h")
        case days < 2 * 365: "\(days)d"
        case days < 8 * 365: pair(days / 365, "y", days % 365, "d")
        default: "\(days / 365)y"
        }
    }

    package static func text(_ duration: Duration) -> String {
        text(seconds: duration.wholeSeconds)
    }

    /// How long ago `instant` was.
    package static func text(since instant: Instant, now: Instant) -> String {
        text(instant.duration(to: now))
    }

    /// In one unit: `119s` is `1m`.
    package static func short(seconds: Int) -> String {
        if let text = belowZero(seconds) { return text }
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m"
        case ..<86_400: "\(seconds / 3600)h"
        case ..<(365 * 86_400): "\(seconds / 86_400)d"
        default: "\(seconds / 86_400 / 365)y"
        }
    }

    /// Clocks of two machines may differ by a second or so: that is now. More is a mistake that must be seen.
    private static func belowZero(_ seconds: Int) -> String? {
        seconds < -1 ? "<invalid>" : seconds < 0 ? "0s" : nil
    }

    private static func pair(_ first: Int, _ firstUnit: String, _ second: Int, _ secondUnit: String) -> String {
        second == 0 ? "\(first)\(firstUnit)" : "\(first)\(firstUnit)\(second)\(secondUnit)"
    }
}
