/// A JSON patch (RFC 6902): operations, one after the other, on JSON pointers.
package struct JSONPatch: Sendable {
    package enum Operation: Sendable, Hashable {
        case add(path: [String], value: JSONValue)
        case remove(path: [String])
        case replace(path: [String], value: JSONValue)
        case move(from: [String], path: [String])
        case copy(from: [String], path: [String])
        case test(path: [String], value: JSONValue)
    }

    /// The API server's limits (`maxJSONPatchOperations`, `JSONPatchMaxCopyBytes`).
    static let mostOperations = 10_000
    static let mostCopiedBytes = 3 << 20

    package let operations: [Operation]

    /// - Parameter json: an array of operations.
    package init(_ json: JSONValue) throws(PatchError) {
        guard let elements = json.arrayValue else {
            throw PatchError(.malformed, "json: cannot unmarshal \(json.goTypeName) into Go value of type jsonpatch.Patch")
        }
        guard elements.count <= Self.mostOperations else {
            let problem = "The allowed maximum operations in a JSON patch is \(Self.mostOperations), got \(elements.count)"
            throw PatchError(.tooLarge, "Request entity too large: \(problem)")
        }
        var operations: [Operation] = []
        for element in elements { operations.append(try Self.operation(element)) }
        self.operations = operations
    }

    package func apply(to document: JSONValue) throws(PatchError) -> JSONValue {
        var document = document
        var growth = Growth(of: document)
        for operation in operations {
            try growth.note(operation, on: document)
            try Self.apply(operation, to: &document)
            try growth.check(document)
        }
        return document
    }

    private static func operation(_ json: JSONValue) throws(PatchError) -> Operation {
        guard json.objectValue != nil else {
            throw PatchError(.malformed, "json: cannot unmarshal \(json.goTypeName) into Go value of type jsonpatch.Operation")
        }
        let name = json.string("op") ?? ""
        let path = try pointer(json["path"], of: name)
        switch name {
        case "add": return .add(path: path, value: try value(json, of: name))
        case "remove": return .remove(path: path)
        case "replace": return .replace(path: path, value: try value(json, of: name))
        case "move": return .move(from: try pointer(json["from"], of: name), path: path)
        case "copy": return .copy(from: try pointer(json["from"], of: name), path: path)
        case "test": return .test(path: path, value: json["value"] ?? .null)
        default: throw PatchError(.inapplicable, "Unexpected kind: \(name.isEmpty ? "unknown" : name)")
        }
    }

    private static func value(_ json: JSONValue, of operation: String) throws(PatchError) -> JSONValue {
        guard let value = json["value"] else { throw PatchError(.inapplicable, "\(operation) operation: missing value") }
        return value
    }

    private static func pointer(_ json: JSONValue?, of operation: String) throws(PatchError) -> [String] {
        guard let text = json?.stringValue else {
            throw PatchError(.inapplicable, "\(operation) operation failed to decode path: missing value")
        }
        if text.isEmpty { return [] }
        guard text.hasPrefix("/") else {
            throw PatchError(.inapplicable, "\(operation) operation does not apply: doc is missing path: \(text): missing value")
        }
        return text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map {
            unescape(String(Substring($0)))
        }
    }

    /// `~1` is a slash and `~0` a tilde.
    private static func unescape(_ step: String) -> String {
        guard step.utf8.contains(UInt8(ascii: "~")) else { return step }
        var result: [UInt8] = []
        var rest = Substring(step).utf8
        while let byte = rest.popFirst() {
            switch (byte, rest.first) {
            case (UInt8(ascii: "~"), UInt8(ascii: "1")): result.append(UInt8(ascii: "/"))
            case (UInt8(ascii: "~"), UInt8(ascii: "0")): result.append(UInt8(ascii: "~"))
            default:
                result.append(byte)
                continue
            }
            _ = rest.popFirst()
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func apply(_ operation: Operation, to document: inout JSONValue) throws(PatchError) {
        switch operation {
        case .add(let path, let value): try add(value, at: path, to: &document, for: "add")
        case .remove(let path): _ = try remove(path, from: &document, for: "remove")
        case .replace(let path, let value):
            guard document[pointer: path] != nil else {
                throw PatchError(.inapplicable, "replace operation does not apply: doc is missing key: \(text(path)): missing value")
            }
            try document.withParent(of: path) { parent, key in
                parent.replace(key, with: value)
            } ifRoot: {
                $0 = value
            }
        case .move(let from, let path):
            guard !(path.count > from.count && path.starts(with: from)) else {
                throw PatchError(.inapplicable, "move operation does not apply: \(text(path)) lies within \(text(from))")
            }
            let value = try remove(from, from: &document, for: "move")
            try add(value, at: path, to: &document, for: "move")
        case .copy(let from, let path):
            guard let value = document[pointer: from] else {
                throw PatchError(.inapplicable, "copy operation does not apply: doc is missing from path: \(text(from)): missing value")
            }
            try add(value, at: path, to: &document, for: "copy")
        case .test(let path, let value):
            guard document[pointer: path] ?? .null == value else {
                throw PatchError(.inapplicable, "testing value \(text(path)) failed: test failed")
            }
        }
    }

    private static func text(_ path: [String]) -> String {
        path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    private static func add(_ value: JSONValue, at path: [String], to document: inout JSONValue, for operation: String) throws(PatchError) {
        var isDone = true
        let found = try document.withParent(of: path) { parent, key in
            isDone = parent.insert(value, at: key)
        } ifRoot: {
            $0 = value
        }
        guard found else {
            throw PatchError(.inapplicable, "\(operation) operation does not apply: doc is missing path: \"\(text(path))\": missing value")
        }
        guard isDone else {
            throw PatchError(
                .inapplicable, "error in \(operation) for path: '\(text(path))': Unable to access invalid index: invalid index referenced")
        }
    }

    private static func remove(_ path: [String], from document: inout JSONValue, for operation: String) throws(PatchError) -> JSONValue {
        guard let value = document[pointer: path] else {
            let reason =
                path.count > 1 && document[pointer: path.dropLast()] == nil
                ? "\(operation) operation does not apply: doc is missing path: \(text(path))"
                : "error in \(operation) for path: '\(text(path))': Unable to remove nonexistent key: \(path.last ?? "")"
            throw PatchError(.inapplicable, "\(reason): missing value")
        }
        try document.withParent(of: path) { parent, key in
            parent.removeStep(key)
        } ifRoot: {
            $0 = .null
        }
        return value
    }
}

/// How much a patch makes of its document: few operations can copy a document into itself over and over.
private struct Growth {
    private var copiedBytes = 0
    /// At least as deep as the document is.
    private var depth: Int

    init(of document: JSONValue) {
        depth = document.depth
    }

    mutating func note(_ operation: JSONPatch.Operation, on document: JSONValue) throws(PatchError) {
        switch operation {
        case .add(let path, let value), .replace(let path, let value): depth = max(depth, path.count + value.depth)
        case .move(let from, let path): depth += max(0, path.count - from.count)
        case .copy(let from, let path):
            guard let value = document[pointer: from] else { return }
            copiedBytes += JSONWriter.compact(value).count
            guard copiedBytes <= JSONPatch.mostCopiedBytes else {
                let problem = "the accumulated size increase of copy is \(copiedBytes), exceeding the limit \(JSONPatch.mostCopiedBytes)"
                throw PatchError(.inapplicable, "Unable to complete the copy, \(problem)")
            }
            depth = max(depth, path.count + value.depth)
        case .remove, .test: break
        }
    }

    /// A document that nobody could read any more is refused.
    mutating func check(_ document: JSONValue) throws(PatchError) {
        guard depth > JSONParser.maximumDepth else { return }
        depth = document.depth
        guard depth <= JSONParser.maximumDepth else { throw PatchError(.inapplicable, "the patched document is nested too deep") }
    }
}

extension JSONValue {
    /// The value at a JSON pointer's steps.
    fileprivate subscript(pointer path: some Collection<String>) -> JSONValue? {
        var value = self
        for step in path {
            switch value {
            case .object(let object):
                guard let next = object[step] else { return nil }
                value = next
            case .array(let elements):
                guard let index = Self.index(step, in: elements) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    /// Numbers without leading zeros; below zero counts from the end, as the API server's library allows.
    private static func index(_ step: String, in elements: [JSONValue]) -> Int? {
        guard let index = Int(step), String(index) == step else { return nil }
        let place = index < 0 ? elements.count + index : index
        return elements.indices.contains(place) ? place : nil
    }

    /// Changes the value in which the last step of `path` lies; false when there is none.
    @discardableResult
    fileprivate mutating func withParent(
        of path: [String], _ change: (inout JSONValue, String) -> Void, ifRoot: (inout JSONValue) -> Void
    ) throws(PatchError) -> Bool {
        guard let last = path.last else {
            ifRoot(&self)
            return true
        }
        return descend(path.dropLast()) { change(&$0, last) }
    }

    private mutating func descend(_ path: ArraySlice<String>, _ change: (inout JSONValue) -> Void) -> Bool {
        guard let step = path.first else {
            guard objectValue != nil || arrayValue != nil else { return false }
            change(&self)
            return true
        }
        return changeInPlace { object in
            guard var child = object[step] else { return false }
            object[step] = .null
            let found = child.descend(path.dropFirst(), change)
            object[step] = child
            return found
        } elements: { elements in
            guard let index = Self.index(step, in: elements) else { return false }
            return elements[index].descend(path.dropFirst(), change)
        }
    }

    fileprivate mutating func insert(_ value: JSONValue, at step: String) -> Bool {
        changeInPlace {
            $0[step] = value
            return true
        } elements: { elements in
            let place = step == "-" ? elements.count : Int(step).map { $0 < 0 ? elements.count + 1 + $0 : $0 }
            guard let place, (0...elements.count).contains(place) else { return false }
            elements.insert(value, at: place)
            return true
        }
    }

    fileprivate mutating func replace(_ step: String, with value: JSONValue) {
        changeInPlace {
            $0[step] = value
            return true
        } elements: { elements in
            guard let index = Self.index(step, in: elements) else { return false }
            elements[index] = value
            return true
        }
    }

    fileprivate mutating func removeStep(_ step: String) {
        changeInPlace {
            $0.removeValue(forKey: step) != nil
        } elements: { elements in
            guard let index = Self.index(step, in: elements) else { return false }
            elements.remove(at: index)
            return true
        }
    }

    /// Changes an object's members or an array's elements; false when the change says so, or this is neither.
    ///
    /// The value lets go of them meanwhile: whoever changes them holds the only reference, and nothing is copied. (Binding them in a `switch`
    /// over `self` kept one more, so that ten thousand operations copied their list ten thousand times.)
    @discardableResult
    private mutating func changeInPlace(_ members: (inout JSONObject) -> Bool, elements change: (inout [JSONValue]) -> Bool) -> Bool {
        if var object = objectValue {
            self = .null
            defer { self = .object(object) }
            return members(&object)
        }
        if var elements = arrayValue {
            self = .null
            defer { self = .array(elements) }
            return change(&elements)
        }
        return false
    }

    /// As Go's decoder names what it met.
    package var goTypeName: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
