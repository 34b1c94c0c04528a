import KubernetesModel

/// What a request's client is to be told beside its answer, in `Warning` headers; each text once, and no more than a head should carry.
package final class WarningCollector {
    /// Above this many characters together each text is cut, and what then goes beyond is left out (`endpoints/filters/warning.go`).
    private static let allCharacters = 4096
    private static let charactersOfOne = 256

    private var known: Set<String> = []
    private var noted: [String] = []

    package init() {}

    func add(_ text: String) {
        // More than ever fits is not worth remembering.
        if noted.count < Self.allCharacters, known.insert(text).inserted { noted.append(text) }
    }

    var texts: [String] {
        guard noted.reduce(0, { $0 + $1.count }) > Self.allCharacters else { return noted }
        var rest = Self.allCharacters
        return noted.map { String($0.prefix(Self.charactersOfOne)) }.prefix { text in
            defer { rest -= text.count }
            return rest > 0
        }
    }

    /// As in a header, by RFC 7234: `299 - "text"`.
    static func header(_ text: String) -> (name: String, value: String) {
        ("warning", "299 - \(text.goQuoted)")
    }
}
