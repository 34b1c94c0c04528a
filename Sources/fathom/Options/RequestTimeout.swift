import ArgumentParser

/// A span of time as Go and kubectl write it: `30s`, `1m30s`, `500ms`; a number alone is in seconds, `0` is forever.
struct RequestTimeout: ExpressibleByArgument, Sendable, Hashable {
    let duration: Duration

    init?(argument: String) {
        if let seconds = Int(argument), seconds >= 0, seconds <= Self.most {
            duration = .seconds(seconds == 0 ? Self.most : seconds)
            return
        }
        let units: [(String, Double)] = [("ms", 0.001), ("h", 3600), ("m", 60), ("s", 1)]
        var rest = Substring(argument)
        var seconds = 0.0
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            rest = rest[digits.endIndex...]
            guard let amount = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
            rest = rest.dropFirst(unit.0.count)
            seconds += amount * unit.1
        } while !rest.isEmpty
        guard seconds <= Double(Self.most) else { return nil }
        duration = seconds == 0 ? .seconds(Self.most) : .milliseconds(Int(seconds * 1000))
    }

    /// A year.
    private static let most = 365 * 86_400
}
