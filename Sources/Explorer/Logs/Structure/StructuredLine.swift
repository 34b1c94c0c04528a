import KubernetesModel

/// A line of a log that says what its parts are: JSON, logfmt, or the header that Kubernetes's own components write.
struct StructuredLine: Equatable {
    struct Field: Equatable {
        let name: String
        let value: String
    }

    private(set) var time: String?
    private(set) var level: LogLevel?
    private(set) var message: String?
    /// Everything else, in the line's order.
    private(set) var fields: [Field] = []

    /// Nil for a line without structure.
    init?(_ text: String) {
        let text = text.drop { $0 == " " }
        if text.first == "{" {
            guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)) else { return nil }
            for (name, value) in object { take(name, value) }
        } else if let header = ComponentHeader(text) {
            (time, level, message) = (header.time, header.level, header.message)
            fields = [Field(name: "source", value: header.source)]
        } else {
            guard let pairs = Logfmt.pairs(of: text) else { return nil }
            for (name, value) in pairs { take(name, value) }
        }
        guard level != nil || message != nil || fields.count > 1 else { return nil }
    }

    /// A part by its name; time, level and message have those.
    subscript(name: String) -> String? {
        switch name {
        case "level": level.map { $0.label.filter { $0 != " " }.lowercased() }
        case "time": time
        case "message", "msg": message
        default: fields.first { $0.name == name }?.value
        }
    }

    private mutating func take(_ name: String, _ value: JSONValue) {
        switch value {
        case .string(let text): take(name, text)
        case .object(let object) where !object.isEmpty:
            for (inner, value) in object { take("\(name).\(inner)", value) }
        default: take(name, "\(value)")
        }
    }

    private mutating func take(_ name: String, _ text: String) {
        let lowercased = name.lowercased()
        if time == nil, Self.timeNames.contains(lowercased) {
            time = text
        } else if level == nil, Self.levelNames.contains(lowercased), let level = LogLevel(text) {
            self.level = level
        } else if message == nil, Self.messageNames.contains(lowercased) {
            message = text
        } else {
            fields.append(Field(name: name, value: text))
        }
    }

    private static let timeNames: Set = ["time", "ts", "timestamp", "@timestamp", "t"]
    private static let levelNames: Set = ["level", "lvl", "severity", "loglevel", "log.level", "levelname"]
    private static let messageNames: Set = ["msg", "message", "log", "event"]
}

/// `I0102 15:04:05.000000       1 server.go:12] Listening`, as klog writes.
private struct ComponentHeader {
    let time: String
    let level: LogLevel
    let source: String
    let message: String

    init?(_ text: Substring) {
        guard let letter = text.first, "IWEF".contains(letter), let level = LogLevel(String(letter)), let end = text.firstIndex(of: "]")
        else {
            return nil
        }
        let words = text[..<end].dropFirst().split(separator: " ")
        guard words.count == 4, words[0].count == 4, words[0].allSatisfy(\.isNumber), words[1].count >= 8, words[3].contains(":") else {
            return nil
        }
        self.level = level
        time = String(words[1])
        source = String(words[3])
        message = String(text[text.index(after: end)...].drop { $0 == " " })
    }
}

/// `level=info msg="hello there" status=200`.
private enum Logfmt {
    /// Nil unless the whole text is made of pairs, two at least.
    static func pairs(of text: Substring) -> [(String, String)]? {
        var pairs: [(String, String)] = []
        var rest = text
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "="), equals != rest.startIndex, rest[..<equals].allSatisfy(isNamePart) else {
                return nil
            }
            let name = String(rest[..<equals])
            rest = rest[rest.index(after: equals)...]
            guard let value = takeValue(&rest) else { return nil }
            pairs.append((name, value))
            rest = rest.drop { $0 == " " }
        }
        return pairs.count > 1 ? pairs : nil
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "._-/@".contains(character)
    }

    private static func takeValue(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != " " }
            rest = rest[value.endIndex...]
            return String(value)
        }
        var value = ""
        var isEscaped = false
        for index in rest.indices.dropFirst() {
            let character = rest[index]
            if isEscaped {
                value.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                rest = rest[rest.index(after: index)...]
                return value
            } else {
                value.append(character)
            }
        }
        return nil
    }
}
