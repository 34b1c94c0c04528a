import KubernetesModel

/// Fits an object into the fields of its kind, as decoding into Go's structs does: what no field takes is dropped, a value of
/// the wrong type is an error.
struct SchemaPruning {
    struct Mismatch: Error {
        let message: String
    }

    private(set) var unknown: [String] = []

    /// - Throws: `Mismatch`, in the words of Go's decoder.
    mutating func prune(_ object: inout JSONObject, at root: SchemaNode) throws(Mismatch) {
        object = try members(of: object, at: root, in: root, path: "", fieldPath: [])
    }

    private mutating func members(
        of object: JSONObject, at node: SchemaNode, in owner: SchemaNode, path: String, fieldPath: [String]
    ) throws(Mismatch) -> JSONObject {
        // A map is a field of the structure around it.
        let owner = node.definition == nil ? owner : node
        var result = JSONObject()
        for (key, value) in object {
            let isMap = if case .map = node.type { true } else { false }
            let place = path.isEmpty ? key.pathComponent : "\(path).\(key.pathComponent)"
            guard let member = node.member(key) else {
                if unknown.count < FieldCheck.mostTold { unknown.append(place) }
                continue
            }
            let field = isMap ? fieldPath : fieldPath + [key]
            let pruned = try self.value(value, at: member, in: owner, path: place, fieldPath: field)
            if !isMap, !member.field.isRequired, Self.isEmptyCollection(pruned, member.type) { continue }
            if let owner = node.definition, ZeroValues.leavesOut(pruned, at: member, of: owner) { continue }
            result[key] = pruned
        }
        return result
    }

    private mutating func value(
        _ value: JSONValue, at node: SchemaNode, in owner: SchemaNode, path: String, fieldPath: [String]
    ) throws(Mismatch) -> JSONValue {
        switch (node.type, value) {
        case (.anything, _), (.raw, _), (_, .null): return value
        // A schema may say by a flag that anything goes there, or nothing.
        case (.object, .bool) where ["additionalProperties", "additionalItems"].contains(node.field.name): return value
        case (.object, .object(let object)), (.map, .object(let object)):
            return .object(try members(of: object, at: node, in: owner, path: path, fieldPath: fieldPath))
        case (.list, .array(let elements)):
            guard let element = node.element else { return value }
            var result: [JSONValue] = []
            for (index, child) in elements.enumerated() {
                result.append(try self.value(child, at: element, in: owner, path: "\(path)[\(index)]", fieldPath: fieldPath))
            }
            return .array(result)
        case (.string, .string), (.boolean, .bool), (.intOrString, .string), (.double, .number): return value
        case (.quantity, .string), (.quantity, .number), (.bytes, .string), (.time, .string), (.microTime, .string):
            return try ScalarText.canonical(value, node.type)
        case (.int32, .number(let number)), (.int64, .number(let number)), (.intOrString, .number(let number)):
            guard let whole = number.intValue, node.type == .int64 || Int32(exactly: whole) != nil else {
                // Go reads the number of what may be either as one of 32 bits.
                throw mismatch("number \(number.text)", node.type == .intOrString ? .int32 : node.type, in: owner, node.catalog, fieldPath)
            }
            return value
        default: throw mismatch(value.goTypeName, node.type, in: owner, node.catalog, fieldPath)
        }
    }

    private func mismatch(
        _ found: String, _ type: SchemaType, in owner: SchemaNode, _ catalog: SchemaCatalog, _ fieldPath: [String]
    ) -> Mismatch {
        let structure = owner.definition.map { Self.shortName($0.name) } ?? ""
        let field = ([structure] + fieldPath).joined(separator: ".")
        return Mismatch(message: "json: cannot unmarshal \(found) into Go struct field \(field) of type \(goType(type, catalog))")
    }

    private static func isEmptyCollection(_ value: JSONValue, _ type: SchemaType) -> Bool {
        switch (type, value) {
        case (.list, .array(let elements)): elements.isEmpty
        case (.map, .object(let object)): object.isEmpty
        default: false
        }
    }

    private static func shortName(_ name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? name
    }

    private func goType(_ type: SchemaType, _ catalog: SchemaCatalog) -> String {
        switch type {
        case .string, .time, .microTime: "string"
        case .boolean: "bool"
        case .int32: "int32"
        case .int64: "int64"
        case .double: "float64"
        case .bytes: "[]uint8"
        case .anything, .raw: "interface {}"
        case .quantity: "resource.Quantity"
        case .intOrString: "intstr.IntOrString"
        case .list(let element): "[]" + goType(element, catalog)
        case .map(let element): "map[string]" + goType(element, catalog)
        case .object(let index):
            catalog.definitions.indices.contains(index)
                ? catalog.definitions[index].name.split(separator: ".").suffix(2).joined(separator: ".") : "struct"
        }
    }
}
