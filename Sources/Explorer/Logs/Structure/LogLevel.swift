/// How bad a line of a log is, by its own account.
enum LogLevel: Int, Comparable, CaseIterable {
    case trace, debug, info, warning, error, fatal

    /// `info`, `WARN`, `W`, `50` (as bunyan and pino number them); nil for anything else.
    init?(_ text: some StringProtocol) {
        switch text.lowercased() {
        case "trace", "trc", "10": self = .trace
        case "debug", "dbg", "d", "20": self = .debug
        case "info", "inf", "information", "notice", "i", "30": self = .info
        case "warn", "warning", "wrn", "w", "40": self = .warning
        case "error", "err", "eror", "severe", "e", "50": self = .error
        case "fatal", "panic", "critical", "crit", "alert", "emerg", "emergency", "dpanic", "ftl", "f", "60": self = .fatal
        default: return nil
        }
    }

    /// Five characters, so that what follows is aligned.
    var label: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO "
        case .warning: "WARN "
        case .error: "ERROR"
        case .fatal: "FATAL"
        }
    }

    var role: StyleRole {
        switch self {
        case .trace, .debug: .muted
        case .info: .log
        case .warning: .statusPending
        case .error, .fatal: .statusError
        }
    }

    static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
