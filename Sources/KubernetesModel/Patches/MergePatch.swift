/// A JSON merge patch (RFC 7386): members replace members, null removes, lists are replaced.
package enum MergePatch {
    /// - Parameter patch: must be an object.
    package static func apply(_ patch: JSONValue, to document: JSONValue) throws(PatchError) -> JSONValue {
        guard patch.objectValue != nil else { throw PatchError(.malformed, "Invalid JSON Patch") }
        return merge(patch, into: document)
    }

    private static func merge(_ patch: JSONValue, into target: JSONValue) -> JSONValue {
        guard case .object(let members) = patch else { return patch }
        var result = target.objectValue ?? [:]
        for (key, value) in members {
            if value.isNull {
                result.removeValue(forKey: key)
            } else {
                result[key] = merge(value, into: result[key] ?? .null)
            }
        }
        return .object(result)
    }
}
