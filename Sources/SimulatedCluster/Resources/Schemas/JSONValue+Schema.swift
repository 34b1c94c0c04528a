import KubernetesModel

/// A schema's members, as rules about schemas read them.
extension JSONValue {
    /// A text; empty where there is none.
    func text(_ key: String) -> String { self[key]?.stringValue ?? "" }

    /// A schema within this one.
    func child(_ key: String) -> JSONValue? { self[key].flatMap { $0.objectValue == nil ? nil : $0 } }

    /// The schemas of a member that is a map, sorted by name.
    func children(_ key: String) -> [(String, JSONValue)] {
        (self[key]?.objectValue ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Whether a member is there and isn't the value that stands for none.
    func says(_ key: String) -> Bool {
        switch self[key] {
        case nil, .null?, false?: false
        case .string(let text)?: !text.isEmpty
        case .array(let elements)?: !elements.isEmpty
        default: true
        }
    }
}
