/// Reads objects from Kubernetes's protobuf encoding, in which its own clients send requests.
package enum ProtobufDecoder {
    /// Stands before every object: `k8s` and a zero byte.
    package static let magic: [UInt8] = [0x6B, 0x38, 0x73, 0x00]

    /// - Parameter bytes: an envelope with type and object, as in a request's body.
    /// - Throws: `ProtobufError`.
    package static func decode(_ bytes: [UInt8], catalog: SchemaCatalog = .builtIn) throws(ProtobufError) -> KubernetesObject {
        guard bytes.starts(with: magic) else {
            throw ProtobufError("provided data does not appear to be a protobuf message, expected prefix k8s\\0")
        }
        var reader = ProtobufReader(bytes[magic.count...])
        var kind = GroupVersionKind(group: "", version: "", kind: "")
        var raw: ArraySlice<UInt8> = []
        while let (number, value) = try reader.next() {
            guard case .bytes(let content) = value else { continue }
            if number == 1 { kind = try typeMeta(content) }
            if number == 2 { raw = content }
        }
        return try decode(raw, kind: kind, catalog: catalog)
    }

    private static func decode(_ raw: ArraySlice<UInt8>, kind: GroupVersionKind, catalog: SchemaCatalog) throws(ProtobufError)
        -> KubernetesObject
    {
        // Options of requests belong to every group; their definition is one.
        guard let node = catalog.root(of: kind) ?? catalog.root(named: "io.k8s.apimachinery.pkg.apis.meta.v1.\(kind.kind)") else {
            throw ProtobufError("no kind \(kind.kind.goQuoted) is registered for version \(kind.groupVersion.apiVersion.goQuoted)")
        }
        var object: JSONObject = ["apiVersion": .string(kind.groupVersion.apiVersion), "kind": .string(kind.kind)]
        for (key, value) in try ProtobufMessageDecoder(catalog: catalog).object(raw, definition: node.definition, depth: 0) {
            object[key] = value
        }
        return KubernetesObject(object)
    }

    private static func typeMeta(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) -> GroupVersionKind {
        var reader = ProtobufReader(bytes)
        var apiVersion = ""
        var kind = ""
        while let (number, value) = try reader.next() {
            guard case .bytes(let content) = value else { continue }
            if number == 1 { apiVersion = String(decoding: content, as: UTF8.self) }
            if number == 2 { kind = String(decoding: content, as: UTF8.self) }
        }
        return GroupVersionKind(apiVersion: apiVersion, kind: kind)
    }
}

/// Decodes messages by their definitions' field numbers.
private struct ProtobufMessageDecoder {
    private static let deepest = 64
    let catalog: SchemaCatalog

    func object(_ bytes: ArraySlice<UInt8>, definition: SchemaDefinition?, depth: Int) throws(ProtobufError) -> JSONObject {
        var object = JSONObject()
        try read(bytes, prefix: [], definition: definition, into: &object, depth: depth)
        return object
    }

    /// - Parameter prefix: the numbers of the messages around this one that JSON leaves out.
    private func read(
        _ bytes: ArraySlice<UInt8>, prefix: [Int], definition: SchemaDefinition?, into object: inout JSONObject, depth: Int
    ) throws(ProtobufError) {
        guard depth <= Self.deepest else { throw ProtobufError("invalid protobuf: nested deeper than \(Self.deepest) levels") }
        guard let definition else { return }
        var reader = ProtobufReader(bytes)
        while let (number, value) = try reader.next() {
            let path = prefix + [number]
            if let field = definition.fields.first(where: { $0.protobufPath == path }) {
                try add(value, to: &object, as: field, depth: depth)
            } else if case .bytes(let content) = value, definition.fields.contains(where: { $0.protobufPath.starts(with: path) }) {
                try read(content, prefix: path, definition: definition, into: &object, depth: depth + 1)
            }
        }
    }

    private func add(_ value: ProtobufReader.Value, to object: inout JSONObject, as field: SchemaField, depth: Int) throws(ProtobufError) {
        switch field.type {
        case .list(let type):
            var elements = object[field.name]?.arrayValue ?? []
            object[field.name] = .null
            elements += try self.elements(value, type: type, depth: depth)
            object[field.name] = .array(elements)
        case .map(let type):
            guard case .bytes(let content) = value else { return }
            let (key, entry) = try mapEntry(content, type: type, depth: depth)
            var members = object[field.name]?.objectValue ?? [:]
            // Given up as above, so that a map of many members isn't copied for each.
            object[field.name] = .null
            members[key] = entry
            object[field.name] = .object(members)
        default:
            let json = try self.json(value, type: field.type, depth: depth)
            // Go's clients send empty texts that JSON leaves out.
            if json == "", !field.isRequired { return }
            object[field.name] = json
        }
    }

    /// One element, or several numbers packed into one field.
    private func elements(_ value: ProtobufReader.Value, type: SchemaType, depth: Int) throws(ProtobufError) -> [JSONValue] {
        guard case .bytes(let content) = value, [.int32, .int64, .boolean].contains(type) else {
            return [try json(value, type: type, depth: depth)]
        }
        var elements: [JSONValue] = []
        var packed = PackedNumbers(content)
        while let number = try packed.next() { elements.append(try json(.varint(number), type: type, depth: depth)) }
        return elements
    }

    private func mapEntry(_ bytes: ArraySlice<UInt8>, type: SchemaType, depth: Int) throws(ProtobufError) -> (String, JSONValue) {
        var reader = ProtobufReader(bytes)
        var key = ""
        var entry: JSONValue?
        while let (number, value) = try reader.next() {
            if number == 1, case .bytes(let content) = value { key = String(decoding: content, as: UTF8.self) }
            if number == 2 {
                if case .list(let element) = type, case .bytes(let content) = value {
                    entry = .array(try wrappedList(content, type: element, depth: depth + 1))
                } else {
                    entry = try json(value, type: type, depth: depth + 1)
                }
            }
        }
        if let entry { return (key, entry) }
        return (key, try json(.bytes([]), type: type, depth: depth + 1))
    }

    /// A map's lists are messages whose only field is the list.
    private func wrappedList(_ bytes: ArraySlice<UInt8>, type: SchemaType, depth: Int) throws(ProtobufError) -> [JSONValue] {
        var reader = ProtobufReader(bytes)
        var elements: [JSONValue] = []
        while let (number, value) = try reader.next() {
            if number == 1 { elements.append(try json(value, type: type, depth: depth)) }
        }
        return elements
    }

    private func json(_ value: ProtobufReader.Value, type: SchemaType, depth: Int) throws(ProtobufError) -> JSONValue {
        switch (type, value) {
        case (.boolean, _): return .bool(value.integer != 0)
        case (.int32, _): return JSONValue(Int(Int32(truncatingIfNeeded: value.integer)))
        case (.int64, _): return JSONValue(Int(Int64(bitPattern: value.integer)))
        case (.double, .fixed64(let bits)): return JSONNumber(Double(bitPattern: bits)).map(JSONValue.number) ?? .null
        case (.string, .bytes(let content)): return .string(String(decoding: content, as: UTF8.self))
        case (.bytes, .bytes(let content)): return .string(Base64.encode(content))
        case (.quantity, .bytes(let content)): return .string(try text(content, field: 1))
        case (.intOrString, .bytes(let content)): return try intOrString(content)
        case (.time, .bytes(let content)): return try time(content, digits: 0)
        case (.microTime, .bytes(let content)): return try time(content, digits: 6)
        case (.raw, .bytes(let content)): return try raw(content, depth: depth)
        case (.object(let index), .bytes(let content)):
            let definition = catalog.definitions.indices.contains(index) ? catalog.definitions[index] : nil
            return .object(try object(content, definition: definition, depth: depth + 1))
        default: return .null
        }
    }

    private func text(_ bytes: ArraySlice<UInt8>, field: Int) throws(ProtobufError) -> String {
        var reader = ProtobufReader(bytes)
        var text = ""
        while let (number, value) = try reader.next() {
            if number == field, case .bytes(let content) = value { text = String(decoding: content, as: UTF8.self) }
        }
        return text
    }

    /// 1 says which: 0 for the number in 2, 1 for the text in 3.
    private func intOrString(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) -> JSONValue {
        var reader = ProtobufReader(bytes)
        var isText = false
        var number = 0
        while let (field, value) = try reader.next() {
            if field == 1 { isText = value.integer == 1 }
            if field == 2 { number = Int(Int32(truncatingIfNeeded: value.integer)) }
        }
        return isText ? .string(try text(bytes, field: 3)) : JSONValue(number)
    }

    /// 1 has the seconds, 2 the nanoseconds; an empty message is no time.
    private func time(_ bytes: ArraySlice<UInt8>, digits: Int) throws(ProtobufError) -> JSONValue {
        var reader = ProtobufReader(bytes)
        var seconds: Int64 = 0
        var nanoseconds: Int64 = 0
        while let (number, value) = try reader.next() {
            if number == 1 { seconds = Int64(bitPattern: value.integer) }
            if number == 2 { nanoseconds = Int64(Int32(truncatingIfNeeded: value.integer)) }
        }
        guard seconds != 0 || nanoseconds != 0 else { return .null }
        guard let instant = Instant(exactlySeconds: Int(seconds), nanoseconds: Int(nanoseconds)) else {
            throw ProtobufError("invalid protobuf: a time lies outside of the years 1678 to 2261")
        }
        return .string(KubernetesTime.text(instant, digits: digits))
    }

    /// 1 has the bytes of a JSON document.
    private func raw(_ bytes: ArraySlice<UInt8>, depth: Int) throws(ProtobufError) -> JSONValue {
        var reader = ProtobufReader(bytes)
        var json = JSONValue.null
        while let (number, value) = try reader.next() {
            guard number == 1, case .bytes(let content) = value, !content.isEmpty else { continue }
            do {
                json = try JSONParser.parse(Array(content))
            } catch {
                throw ProtobufError("invalid protobuf: embedded \(error)")
            }
        }
        // A message makes an object and a list at most: what is embedded has to stay readable within what is around it.
        guard json.depth + 2 * depth < JSONParser.maximumDepth else { throw ProtobufError("invalid protobuf: nested too deep") }
        return json
    }
}

private struct PackedNumbers {
    private var reader: ProtobufReader
    private var count: Int

    init(_ bytes: ArraySlice<UInt8>) {
        reader = ProtobufReader(bytes)
        // Each number ends with a byte below 0x80; what follows the last one is no number.
        count = bytes.count { $0 < 0x80 }
    }

    mutating func next() throws(ProtobufError) -> UInt64? {
        guard count > 0 else { return nil }
        count -= 1
        return try reader.varint()
    }
}
