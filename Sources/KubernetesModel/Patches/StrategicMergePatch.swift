/// A strategic merge patch: lists whose elements have a key are merged element by element, and directives say what else to do.
///
/// Follows k8s.io/apimachinery/pkg/util/strategicpatch: `$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`.
package struct StrategicMergePatch: Sendable {
    private let patch: JSONObject
    private let root: SchemaNode

    /// - Parameters:
    ///   - patch: must be an object.
    ///   - root: of the kind that is patched.
    package init(_ patch: JSONValue, root: SchemaNode) throws(PatchError) {
        guard let patch = patch.objectValue else { throw PatchError(.malformed, "invalid JSON document") }
        self.patch = patch
        self.root = root
    }

    package func apply(to document: JSONObject) throws(PatchError) -> JSONObject {
        try Self.merge(patch, into: document, at: root)
    }

    private static let directive = "$patch"
    private static let retainKeys = "$retainKeys"
    private static let elementOrder = "$setElementOrder/"
    private static let deletion = "$deleteFromPrimitiveList/"

    private static func merge(_ patch: JSONObject, into original: JSONObject, at node: SchemaNode) throws(PatchError) -> JSONObject {
        var patch = patch
        if let directive = patch[directive] {
            switch directive {
            case "replace":
                patch.removeValue(forKey: Self.directive)
                return patch
            case "delete": return [:]
            default: throw badDirective(directive, in: patch)
            }
        }
        var result = original
        try retainKeys(&patch, in: &result)
        try mergeOrderedLists(&patch, into: &result, at: node)
        for (key, value) in patch { try mergeMember(key, value, into: &result, at: node) }
        return result
    }

    private static func mergeMember(_ key: String, _ value: JSONValue, into result: inout JSONObject, at node: SchemaNode)
        throws(PatchError)
    {
        var name = key
        let isDeletion = key.hasPrefix(deletion)
        if isDeletion {
            name = String(key.dropFirst(deletion.count))
        } else if key == String(deletion.dropLast()) {
            throw PatchError(.malformed, "invalid patch format of primitive list")
        }
        if value.isNull {
            result.removeValue(forKey: name)
            return
        }
        guard let original = result[name], original.goTypeName == value.goTypeName else {
            if !isDeletion { result[name] = withoutDirectives(value) }
            return
        }
        switch (original, value) {
        case (.object(let object), .object(let change)):
            let place = try member(name, of: node)
            result[name] = .object(place.field.patch.replaces ? change : try merge(change, into: object, at: place))
        case (.array(let elements), .array(let change)):
            let place = try member(name, of: node)
            result[name] = .array(
                place.field.patch.merges ? try mergeList(change, into: elements, at: place, isDeletion: isDeletion) : change)
        default:
            result[name] = value
        }
    }

    private static func member(_ name: String, of node: SchemaNode) throws(PatchError) -> SchemaNode {
        guard let member = node.member(name) else {
            let type = node.definition?.name.split(separator: ".").last.map(String.init) ?? "object"
            throw PatchError(.malformed, "unable to find api field in struct \(type) for the json field \(name.goQuoted)")
        }
        return member
    }

    /// Nulls and directives have nothing to act on in what is new.
    private static func withoutDirectives(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for (key, value) in object
            where !value.isNull && key != directive && key != retainKeys && !key.hasPrefix(elementOrder) && !key.hasPrefix(deletion) {
                result[key] = withoutDirectives(value)
            }
            return .object(result)
        case .array(let elements):
            return .array(elements.filter { $0[directive] == nil }.map(withoutDirectives))
        default: return value
        }
    }

    /// `$retainKeys` lists the only members that stay.
    private static func retainKeys(_ patch: inout JSONObject, in result: inout JSONObject) throws(PatchError) {
        guard let list = patch.removeValue(forKey: retainKeys) else { return }
        let error = PatchError(.malformed, "invalid patch format of retainKeys")
        guard let kept = list.arrayValue.map({ Set($0) }) else { throw error }
        for (key, value) in patch where !value.isNull && !key.hasPrefix(deletion) && !key.hasPrefix(elementOrder) {
            guard kept.contains(.string(key)) else { throw error }
        }
        result = result.filter { key, _ in kept.contains(.string(key)) }
    }

    private static func mergeOrderedLists(_ patch: inout JSONObject, into result: inout JSONObject, at node: SchemaNode) throws(PatchError)
    {
        for key in patch.keys where key.hasPrefix(elementOrder) {
            guard let order = patch.removeValue(forKey: key)?.arrayValue else {
                throw PatchError(.malformed, "invalid patch format of setElementOrder list")
            }
            let name = String(key.dropFirst(elementOrder.count))
            let original = try list(result[name])
            let change = try list(patch[name])
            let place = try member(name, of: node)
            let mergeKey = place.field.patch.mergeKey
            if let change { try check(change, against: order, mergeKey: mergeKey) }
            let merged: [JSONValue]
            switch (original, change) {
            case (let original?, let change?):
                merged = place.field.patch.merges ? try mergeList(change, into: original, at: place, isDeletion: false) : change
            case (let only?, nil), (nil, let only?): merged = only
            case (nil, nil): continue
            }
            guard !(original ?? []).isEmpty || !(change ?? []).isEmpty else {
                throw PatchError(.malformed, "no elements in any of the given slices")
            }
            result[name] = .array(try ordered(merged, by: order, liveOrder: original ?? [], mergeKey: mergeKey))
            patch.removeValue(forKey: name)
        }
    }

    private static func list(_ value: JSONValue?) throws(PatchError) -> [JSONValue]? {
        guard let value else { return nil }
        guard let elements = value.arrayValue else {
            throw PatchError(.malformed, "expected a []interface {}, but received a \(value.goTypeName)")
        }
        return elements
    }

    /// The patch's elements must stand in the order that it asks for.
    private static func check(_ change: [JSONValue], against order: [JSONValue], mergeKey: String) throws(PatchError) {
        let elements = change.filter { $0[directive] == nil }
        guard !order.isEmpty, !elements.isEmpty else { return }
        var remaining = order[...]
        for element in elements {
            let identity = try identity(of: element, mergeKey: mergeKey)
            var found = false
            while !found, let next = remaining.popFirst() {
                found = try Self.identity(of: next, mergeKey: mergeKey) == identity
            }
            guard found else {
                throw PatchError(
                    .malformed,
                    "The order in patch list:\n\(JSONValue.array(change).goText)\n doesn't match $setElementOrder list:\n"
                        + "\(JSONValue.array(order).goText)\n")
            }
        }
    }

    private static func mergeList(
        _ patch: [JSONValue], into original: [JSONValue], at node: SchemaNode, isDeletion: Bool
    ) throws(PatchError) -> [JSONValue] {
        if original.isEmpty && patch.isEmpty { return original }
        let kinds = Set((original + patch).map(\.goTypeName))
        guard kinds.count == 1 else {
            throw PatchError(.malformed, "list element types are not identical: \([original, patch].map { JSONValue.array($0).goText })")
        }
        guard !kinds.contains("array") else { throw PatchError(.inapplicable, "lists of lists are not supported") }
        if !kinds.contains("object") {
            if isDeletion {
                let deleted = Set(patch)
                return original.filter { !deleted.contains($0) }
            }
            var seen: Set<JSONValue> = []
            return try ordered((original + patch).filter { seen.insert($0).inserted }, by: patch, liveOrder: original, mergeKey: "")
        }
        let mergeKey = node.field.patch.mergeKey
        guard !mergeKey.isEmpty else { throw PatchError(.malformed, "cannot merge lists without merge key for type struct") }
        let (remaining, changes) = try followDirectives(patch, in: original, mergeKey: mergeKey)
        var merged = remaining
        var places: [JSONValue: Int] = [:]
        for (index, element) in merged.enumerated() {
            if let identity = element[mergeKey], places[identity] == nil { places[identity] = index }
        }
        for change in changes {
            let identity = try identity(of: change, mergeKey: mergeKey)
            if let index = places[identity], let object = merged[index].objectValue {
                merged[index] = .object(try merge(change.objectValue ?? [:], into: object, at: node.element ?? .untyped))
            } else {
                merged.append(withoutDirectives(change))
                places[identity] = places[identity] ?? merged.count - 1
            }
        }
        return try ordered(merged, by: changes, liveOrder: remaining, mergeKey: mergeKey)
    }

    /// Deletes and replaces as elements with `$patch` say, and gives what is left of the list and of the patch.
    private static func followDirectives(
        _ patch: [JSONValue], in original: [JSONValue], mergeKey: String
    ) throws(PatchError) -> (remaining: [JSONValue], changes: [JSONValue]) {
        var remaining = original
        var changes: [JSONValue] = []
        var deleted: Set<JSONValue> = []
        var replaces = false
        for element in patch {
            switch element[directive] {
            case nil: changes.append(element)
            case "delete": deleted.insert(try identity(of: element, mergeKey: mergeKey))
            case "replace": replaces = true
            case "merge": throw PatchError(.malformed, "merging lists cannot yet be specified in the patch")
            case let other?: throw badDirective(other, in: element.objectValue ?? [:])
            }
        }
        remaining.removeAll { element in element[mergeKey].map(deleted.contains) ?? false }
        return replaces ? (changes, []) : (remaining, changes)
    }

    private static func identity(of element: JSONValue, mergeKey: String) throws(PatchError) -> JSONValue {
        guard !mergeKey.isEmpty else { return element }
        guard let value = element[mergeKey] else {
            throw PatchError(.malformed, "map: \(element.goText) does not contain declared merge key: \(mergeKey)")
        }
        return value
    }

    /// Elements that the patch names come in its order; the others keep their place among them as far as the live order tells it.
    private static func ordered(
        _ merged: [JSONValue], by order: [JSONValue], liveOrder: [JSONValue], mergeKey: String
    ) throws(PatchError) -> [JSONValue] {
        let places = try positions(order, mergeKey)
        let livePlaces = try positions(liveOrder, mergeKey)
        var fromPatch: [(element: JSONValue, identity: JSONValue)] = []
        var others: [(element: JSONValue, identity: JSONValue)] = []
        for element in merged {
            let identity = try identity(of: element, mergeKey: mergeKey)
            if places[identity] != nil { fromPatch.append((element, identity)) } else { others.append((element, identity)) }
        }
        fromPatch.sort { places[$0.identity] ?? 0 < places[$1.identity] ?? 0 }
        others.sort { livePlaces[$0.identity] ?? .max < livePlaces[$1.identity] ?? .max }
        var result: [JSONValue] = []
        var waiting = others[...]
        for item in fromPatch {
            while let other = waiting.first, let place = livePlaces[item.identity], let otherPlace = livePlaces[other.identity],
                otherPlace < place
            {
                result.append(other.element)
                waiting.removeFirst()
            }
            result.append(item.element)
        }
        return result + waiting.map(\.element)
    }

    private static func positions(_ list: [JSONValue], _ mergeKey: String) throws(PatchError) -> [JSONValue: Int] {
        var positions: [JSONValue: Int] = [:]
        for (index, element) in list.enumerated() {
            let identity = try identity(of: element, mergeKey: mergeKey)
            positions[identity] = positions[identity] ?? index
        }
        return positions
    }

    private static func badDirective(_ directive: JSONValue, in patch: JSONObject) -> PatchError {
        PatchError(.malformed, "unknown patch type: \(directive.goText) in map: \(JSONValue.object(patch).goText)")
    }
}

extension JSONValue {
    /// As Go's `%v` prints it: `map[a:1 b:[x y]]`.
    package var goText: String {
        switch self {
        case .null: "<nil>"
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.text
        case .string(let text): text
        case .array(let elements): "[\(elements.map(\.goText).joined(separator: " "))]"
        case .object(let object):
            "map[\(object.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.goText)" }.joined(separator: " "))]"
        }
    }
}
