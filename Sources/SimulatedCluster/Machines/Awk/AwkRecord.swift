/// What parts the fields of a record.
enum AwkSeparator {
    /// Any blanks; those at the ends are none.
    case blanks
    case character(Character)
    case pattern(RegularExpression)

    init(_ text: String) {
        if text == " " {
            self = .blanks
        } else if text.count == 1, let character = text.first, character != "\\" {
            self = .character(character)
        } else if let expression = try? RegularExpression(text, syntax: .extended) {
            self = .pattern(expression)
        } else {
            self = .blanks
        }
    }

    func split(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        switch self {
        case .blanks: return text.split { $0 == " " || $0 == "\t" || $0.isNewline }.map(String.init)
        case .character(let character): return text.split(separator: character, omittingEmptySubsequences: false).map(String.init)
        case .pattern(let expression):
            let scalars = Array(text.unicodeScalars)
            var parts: [String] = []
            var start = 0
            for match in expression.matches(in: scalars) where !match.range.isEmpty {
                parts.append(String(String.UnicodeScalarView(scalars[start..<match.range.lowerBound])))
                start = match.range.upperBound
            }
            return parts + [String(String.UnicodeScalarView(scalars[start...]))]
        }
    }
}

/// A record and its fields, of which one is made from the other when it is asked for.
struct AwkRecord {
    /// Nobody has more.
    static let mostFields = 10_000

    private(set) var text = ""
    private var known: [String]?

    init(_ text: String = "") {
        self.text = text
    }

    mutating func fields(_ separator: AwkSeparator) -> [String] {
        if let known { return known }
        let fields = separator.split(text)
        known = fields
        return fields
    }

    mutating func setField(_ index: Int, _ value: String, _ separator: AwkSeparator, joinedBy joint: String) {
        var fields = fields(separator)
        while fields.count < index { fields.append("") }
        fields[index - 1] = value
        change(to: fields, joint)
    }

    mutating func setCount(_ count: Int, _ separator: AwkSeparator, joinedBy joint: String) {
        let count = max(0, min(count, Self.mostFields))
        var fields = Array(fields(separator).prefix(count))
        while fields.count < count { fields.append("") }
        change(to: fields, joint)
    }

    private mutating func change(to fields: [String], _ joint: String) {
        known = fields
        text = fields.joined(separator: joint)
    }
}
