/// What a log line says about the network, whatever language the program is written in.
package enum LogSignal: Sendable, Hashable {
    package enum Outcome: String, Sendable, Hashable {
        case timedOut = "timed out"
        case refused = "refused"
        case noSuchName = "no such name"
        case serverFailure = "server failure"
        case failed = "failed"
    }

    /// A lookup failed. The name is empty when the line does not tell it.
    case lookup(name: String, Outcome)
    /// A connection failed; the target is a host or an address, without the port.
    case connection(target: String, Outcome)
}

extension LogSignal {
    /// Nil when the line speaks of something else.
    package init?(line: String) {
        guard let signal = Self.lookup(line) ?? Self.connection(line) else { return nil }
        self = signal
    }

    private static func lookup(_ line: String) -> LogSignal? {
        if let name = word(after: "lookup ", in: line), line.contains(": "), outcome(line) != nil {
            return .lookup(name: name, outcome(line) ?? .failed)
        }
        for (marker, outcome) in lookupMarkers {
            guard line.contains(marker) else { continue }
            return .lookup(name: word(after: marker, in: line) ?? "", outcome)
        }
        return nil
    }

    private static func connection(_ line: String) -> LogSignal? {
        for marker in ["dial tcp ", "connect to ", "connect ECONNREFUSED ", "connect ETIMEDOUT ", "Failed to connect to "] {
            guard let target = word(after: marker, in: line), let outcome = outcome(line) else { continue }
            return .connection(target: target, outcome)
        }
        return nil
    }

    /// What resolvers of various languages print, before the name where they tell one.
    private static let lookupMarkers: [(String, Outcome)] = [
        ("getaddrinfo EAI_AGAIN", .timedOut), ("getaddrinfo ENOTFOUND", .noSuchName), ("Could not resolve host:", .failed),
        ("could not resolve host", .failed), ("could not translate host name", .failed), ("wget: bad address", .failed),
        ("nslookup: can't resolve", .failed), ("UnknownHostException:", .failed), ("Temporary failure in name resolution", .timedOut),
        ("Name or service not known", .noSuchName), ("no servers could be reached", .timedOut),
        ("failed to lookup address information", .failed),
    ]

    private static func outcome(_ line: String) -> Outcome? {
        let phrases: [(String, Outcome)] = [
            ("no such host", .noSuchName), ("server misbehaving", .serverFailure), ("refused", .refused),
            ("ECONNREFUSED", .refused), ("timeout", .timedOut), ("timed out", .timedOut), ("ETIMEDOUT", .timedOut),
            ("no route to host", .failed),
        ]
        return phrases.first { line.contains($0.0) }?.1
    }

    /// The host after a marker: up to a blank, a colon or a quote.
    private static func word(after marker: String, in line: String) -> String? {
        guard let range = line.firstRange(of: marker) else { return nil }
        let rest = line[range.upperBound...].drop { " \"'\\".contains($0) }
        let word = rest.prefix { !" :\"'\\,;)".contains($0) }
        return word.isEmpty ? nil : String(word)
    }
}
