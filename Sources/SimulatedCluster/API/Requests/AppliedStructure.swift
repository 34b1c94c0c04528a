import KubernetesModel

/// Whether an applied configuration can be read as fields that have owners: scalars of their types, and elements of lists that can be
/// told apart (structured-merge-diff's validation, in its words).
struct AppliedStructure {
    private static let mostProblems = 100
    private var problems: [String] = []

    init(_ object: JSONObject, root: SchemaNode) {
        check(.object(object), root, at: "")
    }

    /// All problems as one text; nil without any.
    var message: String? {
        switch problems.count {
        case 0: nil
        case 1: problems[0]
        default: (["errors:"] + problems.map { "  \($0)" }).joined(separator: "\n")
        }
    }

    private mutating func check(_ value: JSONValue, _ node: SchemaNode, at path: String) {
        guard value != .null, problems.count < Self.mostProblems else { return }
        switch node.type {
        case .string, .bytes:
            if value.stringValue == nil {
                problems.append("\(path): expected string, got &value.valueUnstructured{Value:\(Self.go(value))}")
            }
        case .int32, .int64, .double:
            if value.numberValue == nil { problems.append("\(path): expected numeric (int or float), got \(Self.goType(value))") }
        case .boolean:
            if value.boolValue == nil {
                problems.append("\(path): expected boolean, got &value.valueUnstructured{Value:\(Self.go(value))}")
            }
        case .list: list(value, node, at: path)
        case .map, .object:
            guard let members = value.objectValue else { return problems.append("\(path): expected map, got &{\(Self.go(value))}") }
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                if let place = node.member(key) { check(member, place, at: "\(path).\(key.pathComponent)") }
            }
        case .anything, .raw, .quantity, .intOrString, .time, .microTime: return
        }
    }

    private mutating func list(_ value: JSONValue, _ node: SchemaNode, at path: String) {
        guard let elements = value.arrayValue, let place = node.element else {
            return problems.append("\(path): expected list, got &{\(Self.go(value))}")
        }
        var seen: Set<String> = []
        for (index, element) in elements.enumerated() {
            guard let identity = identity(of: element, at: index, in: node, path) else { continue }
            if !seen.insert(identity).inserted { problems.append("\(path): duplicate entries for key \(identity.pathComponent)") }
            check(element, place, at: path + identity.pathComponent)
        }
    }

    /// What tells an element from the others; nil for one that lacks it.
    private mutating func identity(of element: JSONValue, at index: Int, in node: SchemaNode, _ path: String) -> String? {
        switch node.field.list {
        case .atomic: return "[\(index)]"
        case .set: return "[=\(element)]"
        case .map(let keys):
            guard let members = element.objectValue else {
                problems.append("\(path): element \(index): associative list with keys may not have non-map elements")
                return nil
            }
            var parts: [String] = []
            for key in keys.sorted() {
                guard let value = members.present(key) ?? node.element?.member(key)?.field.defaultValue else {
                    problems.append(
                        "\(path): element \(index): associative list with keys has an element that omits key field \(key.goQuoted)")
                    return nil
                }
                parts.append("\(key)=\(value)")
            }
            return "[\(parts.joined(separator: ","))]"
        }
    }

    // MARK: Values as Go prints them

    private static func goType(_ value: JSONValue) -> String {
        switch value {
        case .null: "<nil>"
        case .bool: "bool"
        case .number(let number): number.isIntegral ? "int64" : "float64"
        case .string: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }

    private static func go(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): "\(goType(value)){\(elements.map(go).joined(separator: ", "))}"
        case .object(let object):
            "\(goType(value)){\(object.sorted { $0.key < $1.key }.map { "\($0.key.goQuoted):\(go($0.value))" }.joined(separator: ", "))}"
        default: GoText.of(value)
        }
    }
}
