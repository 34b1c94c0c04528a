import KubernetesModel

/// A text with places that an object fills in, as K9s's jumps write them: `app={{.metadata.name}}`,
/// `{{index .metadata.labels "app.kubernetes.io/name"}}`. Of Go's templates these two are known.
struct ObjectTemplate: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case text(String)
        /// The names and indices on the way to a value.
        case path([String])
    }

    /// What can't be understood, as a sentence.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// What the person wrote.
    let text: String
    private var parts: [Part] = []

    /// - Throws: `Problem`.
    init(_ text: String) throws(Problem) {
        self.text = text
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else { throw Problem(description: "\(text) has {{ without }}") }
            parts.append(.path(try Self.path(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
    }

    /// - Throws: `Problem` where the object says nothing of what is asked for.
    func filled(from object: JSONValue) throws(Problem) -> String {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .path(let path):
                guard let value = Self.value(path, in: object) else {
                    throw Problem(description: "it has no \(path.joined(separator: ".")), which \(text) asks for")
                }
                result += value
            }
        }
        return result
    }

    // MARK: Expressions

    /// `.metadata.name`, or `index` with a path and the keys that follow it.
    private static func path(_ expression: Substring) throws(Problem) -> [String] {
        let words = try words(expression)
        let isIndex = words.first == "index" && words.count > 1
        let path = isIndex ? words[1] : words.first ?? ""
        let keys = isIndex ? words[2...].map(unquoted) : []
        let names = path.dropFirst().split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard path.hasPrefix("."), isIndex || words.count == 1, !names.contains(where: { !isName($0) }) else {
            throw Problem(
                description:
                    "{{\(expression)}} is not understood: there are paths such as .metadata.name, and index .metadata.labels \"NAME\"")
        }
        return names + keys
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    /// Between blanks; a quoted one may hold some.
    private static func words(_ text: Substring) throws(Problem) -> [String] {
        var words: [String] = []
        var rest = text.drop(while: \.isWhitespace)
        while let first = rest.first {
            let word: Substring
            if first == "\"" || first == "`" {
                guard let end = rest.dropFirst().firstIndex(of: first) else {
                    throw Problem(description: "{{\(text)}} has a quote without its end")
                }
                word = rest[...end]
            } else {
                word = rest.prefix { !$0.isWhitespace }
            }
            words.append(String(word))
            rest = rest[word.endIndex...].drop(while: \.isWhitespace)
        }
        return words
    }

    private static func unquoted(_ word: String) -> String {
        word.hasPrefix("\"") || word.hasPrefix("`") ? String(word.dropFirst().dropLast()) : word
    }

    private static func value(_ path: [String], in object: JSONValue) -> String? {
        var value = object
        for step in path {
            guard let next = value.arrayValue == nil ? value[step] : Int(step).flatMap({ value[$0] }) else { return nil }
            value = next
        }
        switch value {
        case .string(let text): return text
        case .number(let number): return number.text
        case .bool(let flag): return String(flag)
        case .null, .array, .object: return nil
        }
    }
}
