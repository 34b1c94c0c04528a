import KubernetesModel

/// A place in an answer, as `status.conditions[type=Ready].status` or `items.0.metadata.name`.
struct FieldPath {
    private let parts: [Substring]

    init(_ text: String) {
        parts = text.split { ".[]".contains($0) }
    }

    func value(in root: JSONValue) -> JSONValue? {
        var value = root
        for part in parts {
            guard let next = Self.step(String(part), in: value) else { return nil }
            value = next
        }
        return value
    }

    private static func step(_ part: String, in value: JSONValue) -> JSONValue? {
        guard let elements = value.arrayValue else { return value[part] }
        if let equals = part.firstIndex(of: "=") {
            let wanted = JSONValue.string(String(part[part.index(after: equals)...]))
            return elements.first { $0[String(part[..<equals])] == wanted }
        }
        return Int(part).flatMap { $0 < 0 ? value[elements.count + $0] : value[$0] }
    }
}
