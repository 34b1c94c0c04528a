/// What becomes of an object when its author writes it anew: what the author changed since the last time changes, what the author left
/// out goes, and what others added stays.
package enum ThreeWayMerge {
    /// - Parameters:
    ///   - original: what the author wrote the last time; empty for nothing.
    ///   - modified: what the author writes now.
    ///   - current: the object as it is.
    ///   - root: the place of the object's kind; `.untyped` for kinds that are not known, whose lists change as a whole.
    package static func merge(original: JSONObject, modified: JSONObject, current: JSONObject, root: SchemaNode) -> JSONObject {
        var result = current
        for key in original.keys where modified[key] == nil { result.removeValue(forKey: key) }
        for (key, value) in modified {
            if value.isNull {
                result.removeValue(forKey: key)
            } else {
                result[key] = merge(original[key], value, current[key], at: root.member(key) ?? .untyped)
            }
        }
        return result
    }

    private static func merge(_ original: JSONValue?, _ modified: JSONValue, _ current: JSONValue?, at node: SchemaNode) -> JSONValue {
        switch (modified, current) {
        case (.object(let new), .object(let now)) where !node.isAtomicMap && !node.field.patch.replaces:
            var merged = merge(original: original?.objectValue ?? [:], modified: new, current: now, root: node)
            if node.field.patch.retainsKeys { retainKeys(of: new, in: &merged, replacing: now) }
            return .object(merged)
        case (.array(let new), .array(let now)) where node.field.patch.merges:
            return .array(merge(original?.arrayValue ?? [], new, now, at: node))
        default: return modified
        }
    }

    /// Where one member excludes the others, as the type of a strategy does, a change leaves what its author names only.
    private static func retainKeys(of modified: JSONObject, in merged: inout JSONObject, replacing current: JSONObject) {
        if merged != current { merged = merged.filter { key, _ in modified[key] != nil } }
    }

    /// The author's elements come first, in their order.
    private static func merge(_ original: [JSONValue], _ modified: [JSONValue], _ current: [JSONValue], at node: SchemaNode) -> [JSONValue]
    {
        let key = node.field.patch.mergeKey
        func identity(_ element: JSONValue) -> JSONValue? { key.isEmpty ? element : element[key] }
        let written = modified.map { element -> JSONValue in
            guard let id = identity(element), !key.isEmpty, let now = current.first(where: { identity($0) == id }) else { return element }
            let merged = merge(original.first { identity($0) == id }, element, now, at: node.element ?? .untyped)
            guard node.field.patch.retainsKeys, var members = merged.objectValue else { return merged }
            retainKeys(of: element.objectValue ?? [:], in: &members, replacing: now.objectValue ?? [:])
            return .object(members)
        }
        let own = Set((original + modified).map(identity))
        return written + current.filter { !own.contains(identity($0)) }
    }
}
