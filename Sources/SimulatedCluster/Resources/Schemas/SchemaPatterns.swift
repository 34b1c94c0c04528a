import KubernetesModel

/// The regular expressions of a schema, each made once.
struct SchemaPatterns: Sendable {
    private var expressions: [String: RegularExpression] = [:]

    init(of schema: JSONValue) {
        collect(schema)
    }

    /// Nil for a text that is none, which definitions are refused for.
    subscript(pattern: String) -> RegularExpression? { expressions[pattern] }

    private mutating func collect(_ schema: JSONValue) {
        switch schema {
        case .object(let members):
            if let pattern = members["pattern"]?.stringValue, expressions[pattern] == nil {
                expressions[pattern] = try? RegularExpression(pattern)
            }
            for (_, member) in members { collect(member) }
        case .array(let elements): for element in elements { collect(element) }
        default: break
        }
    }
}
