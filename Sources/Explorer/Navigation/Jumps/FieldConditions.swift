import KubernetesModel

/// A field selector over any path, `spec.nodeName=node-1,status.phase!=Failed`: looked at here, since servers know but a few paths.
nonisolated struct FieldConditions: Sendable, Hashable {
    private struct Condition: Sendable, Hashable {
        let path: [String]
        let value: String
        let isEqual: Bool
    }

    let text: String
    private let conditions: [Condition]

    /// Nil for what is no field selector.
    init?(_ text: String) {
        var conditions: [Condition] = []
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            let isEqual = !sides[0].hasSuffix("!")
            let path = (isEqual ? sides[0] : sides[0].dropLast()).split(separator: ".").map(String.init)
            guard !path.isEmpty else { return nil }
            let value = sides[1].hasPrefix("=") ? sides[1].dropFirst() : sides[1]
            conditions.append(Condition(path: path, value: String(value), isEqual: isEqual))
        }
        self.text = text
        self.conditions = conditions
    }

    func hold(for object: KubernetesObject) -> Bool {
        let value = object.parsed().value
        return conditions.allSatisfy { ((FieldConditions.text(at: $0.path, in: value) ?? "") == $0.value) == $0.isEqual }
    }

    private static func text(at path: [String], in value: JSONValue) -> String? {
        let found = value[path: path]
        return found?.stringValue ?? found?.numberValue?.text ?? found?.boolValue.map { $0 ? "true" : "false" }
    }
}
