import KubernetesModel

/// The cells of a custom resource's table, from the JSON paths of its definition.
enum CustomColumns {
    static func cells(of object: KubernetesObject, resource: CustomResource, now: Instant) -> [JSONValue] {
        let value = object.value
        return [.string(object.name)]
            + zip(resource.columnPaths, resource.resource.columns.dropFirst()).map { path, column in
                cell(SimpleJSONPath(path).first(in: value), type: column.type, now: now)
            }
    }

    private static func cell(_ value: JSONValue?, type: PrinterColumn.DataType, now: Instant) -> JSONValue {
        guard let value, value != .null else { return type == .date ? "<unknown>" : .null }
        switch type {
        case .date:
            guard let time = value.stringValue.flatMap(KubernetesTime.parse) else { return "<invalid>" }
            return .string(HumanDuration.text(seconds: time.duration(to: now).wholeSeconds))
        case .string: return .string(value.stringValue ?? value.description)
        case .integer: return value.intValue.map { JSONValue($0) } ?? .null
        case .number: return value.numberValue.map(JSONValue.number) ?? .null
        case .boolean: return value.boolValue.map { JSONValue($0) } ?? .null
        }
    }
}

/// The part of JSONPath that definitions of custom resources may use: members, indexes, `[*]` and `[?(@.x=="y")]`.
struct SimpleJSONPath {
    private enum Step {
        case member(String)
        case index(Int)
        case all
        case filter(member: String, equals: String)
    }

    private let steps: [Step]

    init(_ text: String) {
        var steps: [Step] = []
        var rest = text[...]
        while let first = rest.first {
            rest = rest.dropFirst()
            if first == "[" {
                let inside = rest.prefix { $0 != "]" }
                rest = rest.dropFirst(inside.count + 1)
                steps.append(Self.bracket(String(inside)))
            } else if first == "." || first != "$" {
                if first != "." { rest = text[text.index(before: rest.startIndex)...] }
                let name = Self.name(&rest)
                if !name.isEmpty { steps.append(.member(name)) }
            }
        }
        self.steps = steps
    }

    func first(in value: JSONValue) -> JSONValue? {
        Self.values(value, steps[...]).first
    }

    /// A member's name, in which dots can be escaped.
    private static func name(_ rest: inout Substring) -> String {
        var name = ""
        while let next = rest.first, next != ".", next != "[" {
            rest = rest.dropFirst()
            if next == "\\", let escaped = rest.first {
                name.append(escaped)
                rest = rest.dropFirst()
            } else {
                name.append(next)
            }
        }
        return name
    }

    private static func bracket(_ inside: String) -> Step {
        if inside == "*" { return .all }
        if let index = Int(inside) { return .index(index) }
        if inside.hasPrefix("?(@."), inside.hasSuffix(")") {
            let parts = inside.dropFirst(4).dropLast().split(separator: "=", omittingEmptySubsequences: true).map { unquoted($0) }
            if parts.count == 2 { return .filter(member: parts[0], equals: parts[1]) }
        }
        return .member(unquoted(inside[...]))
    }

    private static func unquoted(_ text: Substring) -> String {
        String(text.filter { $0 != "\"" && $0 != "'" && $0 != " " })
    }

    private static func values(_ value: JSONValue, _ steps: ArraySlice<Step>) -> [JSONValue] {
        guard let step = steps.first else { return [value] }
        let next: [JSONValue] =
            switch step {
            case .member(let name): value[name].map { [$0] } ?? []
            case .index(let index): value[index].map { [$0] } ?? []
            case .all: value.arrayValue ?? []
            case .filter(let member, let wanted): value.arrayValue?.filter { $0[member]?.stringValue == wanted } ?? []
            }
        return next.flatMap { values($0, steps.dropFirst()) }
    }
}
