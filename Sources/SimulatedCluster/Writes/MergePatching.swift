import KubernetesModel

/// RFC 7386.
enum MergePatching {
    static func apply(_ patch: JSONValue, to value: JSONValue) -> JSONValue {
        guard let members = patch.objectValue else { return patch }
        var result = value.objectValue ?? [:]
        for (key, change) in members {
            if change == .null {
                result.removeValue(forKey: key)
            } else {
                result[key] = apply(change, to: result[key] ?? .null)
            }
        }
        return .object(result)
    }
}
