package import KubernetesClient
package import KubernetesModel

/// How much of a log's past is read.
package enum LogRange: Sendable, Hashable {
    /// The last lines, then what comes.
    case tail
    /// The first megabyte.
    case head
    /// The last minutes, then what comes.
    case minutes(Int)

    package static let tailLines = 1000

    package var follows: Bool { self != .head }

    package var text: String {
        switch self {
        case .tail: "tail"
        case .head: "head"
        case .minutes(let minutes): minutes < 60 ? "\(minutes)m" : "\(minutes / 60)h"
        }
    }

    package func apply(to options: inout LogOptions, now: Instant) {
        switch self {
        case .tail: options.tailLines = Self.tailLines
        case .head: options.limitBytes = 1 << 20
        case .minutes(let minutes): options.since = now - .seconds(minutes * 60)
        }
    }
}
