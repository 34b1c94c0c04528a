import KubernetesModel

nonisolated extension JSONValue {
    /// The same with every value in it replaced by what `change` makes of it, the innermost first.
    func mapped(_ path: [FieldStep] = [], _ change: (JSONValue, [FieldStep]) -> JSONValue) -> JSONValue {
        switch self {
        case .object(let members):
            change(.object(JSONObject(members.map { ($0.key, $0.value.mapped(path + [.key($0.key)], change)) })), path)
        case .array(let items):
            change(.array(items.enumerated().map { $0.element.mapped(path + [.index($0.offset)], change) }), path)
        default: change(self, path)
        }
    }
}
