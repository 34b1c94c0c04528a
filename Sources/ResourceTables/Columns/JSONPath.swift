import KubernetesModel

/// The paths of printer columns: `.spec.replicas`, `.status.conditions[?(@.type=="Ready")].status`, `.spec.ports[0].port`.
struct JSONPath: Sendable {
    private enum Step: Sendable {
        case member(String)
        case index(Int)
        case all
        /// Elements in which the member at this path has this value.
        case matching([String], String)
    }

    private var steps: [Step] = []

    /// Nil for what can't be read, so that one strange column does not hide the others.
    init?(_ text: String) {
        var rest = Substring(text)
        if rest.hasPrefix("{"), rest.hasSuffix("}") { rest = rest.dropFirst().dropLast() }
        if rest.hasPrefix("$") { rest = rest.dropFirst() }
        while let first = rest.first {
            switch first {
            case ".":
                let name = rest.dropFirst().prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                steps.append(name == "*" ? .all : .member(String(name)))
                rest = rest[name.endIndex...]
            case "[":
                guard let end = Self.closing(rest), let step = Self.bracket(rest[rest.index(after: rest.startIndex)..<end]) else {
                    return nil
                }
                steps.append(step)
                rest = rest[rest.index(after: end)...]
            default: return nil
            }
        }
    }

    private static func closing(_ text: Substring) -> Substring.Index? {
        var quote: Character?
        for index in text.indices {
            let character = text[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "]" {
                return index
            }
        }
        return nil
    }

    private static func bracket(_ content: Substring) -> Step? {
        if content == "*" { return .all }
        if let index = Int(content) { return .index(index) }
        if let name = unquoted(content) { return .member(name) }
        guard content.hasPrefix("?("), content.hasSuffix(")"), let equals = content.firstRange(of: "==") else { return nil }
        let left = content[content.index(content.startIndex, offsetBy: 2)..<equals.lowerBound].trimming()
        let right = content[equals.upperBound...].dropLast().trimming()
        guard left.hasPrefix("@."), let value = unquoted(right[...]) else { return nil }
        return .matching(left.dropFirst(2).split(separator: ".").map(String.init), value)
    }

    private static func unquoted(_ text: Substring) -> String? {
        guard text.count >= 2, let first = text.first, first == "'" || first == "\"", text.last == first else { return nil }
        return String(text.dropFirst().dropLast())
    }

    /// The first value at the end of the path.
    func first(in value: JSONValue) -> JSONValue? {
        var values = [value]
        for step in steps {
            values = values.flatMap { Self.follow(step, from: $0) }
            if values.isEmpty { return nil }
        }
        return values.first
    }

    private static func follow(_ step: Step, from value: JSONValue) -> [JSONValue] {
        switch step {
        case .member(let name): value[name].map { [$0] } ?? []
        case .index(let index): value[index < 0 ? (value.arrayValue?.count ?? 0) + index : index].map { [$0] } ?? []
        case .all: value.arrayValue ?? value.objectValue?.values ?? []
        case .matching(let path, let wanted): value.arrayValue?.filter { $0[path: path]?.stringValue == wanted } ?? []
        }
    }
}
