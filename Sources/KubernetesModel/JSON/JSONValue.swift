/// A JSON document: lossless, so that numbers keep their digits and objects the order of their keys.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    package var numberValue: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The value of a number that is a whole one and fits; nil for everything else.
    package var intValue: Int? {
        numberValue?.intValue
    }

    package var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    package var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// How many arrays and objects lie in each other at the deepest place.
    package var depth: Int {
        switch self {
        case .array(let elements): elements.reduce(0) { max($0, $1.depth) } + 1
        case .object(let object): object.reduce(0) { max($0, $1.value.depth) } + 1
        default: 0
        }
    }

    package var isNull: Bool {
        self == .null
    }

    /// The member `key` of an object; nil when there is none or this is no object. Setting on anything else makes it an object.
    package subscript(key: String) -> JSONValue? {
        get { objectValue?[key] }
        set {
            guard case .object(var object) = self else {
                if let newValue { self = .object([key: newValue]) }
                return
            }
            self = .null  // Give up our reference first, so that the change happens in place.
            object[key] = newValue
            self = .object(object)
        }
    }

    /// The element at `index` of an array; nil when there is none or this is no array.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The value at the end of `path`, member by member; nil when a step is missing.
    package subscript(path path: [String]) -> JSONValue? {
        get {
            var value = self
            for key in path {
                guard let next = value[key] else { return nil }
                value = next
            }
            return value
        }
        set {
            guard let first = path.first else {
                self = newValue ?? .null
                return
            }
            if path.count == 1 {
                self[first] = newValue
            } else if var child = self[first] {
                self[first] = .null
                child[path: Array(path.dropFirst())] = newValue
                self[first] = child
            } else if newValue != nil {
                var child = JSONValue.object([:])
                child[path: Array(path.dropFirst())] = newValue
                self[first] = child
            }
        }
    }
}

/// There is no literal for null: `object[key] = isEmpty ? nil : value()` would store one instead of removing the member.
extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

extension JSONValue {
    package init(_ value: String) { self = .string(value) }
    package init(_ value: Int) { self = .number(JSONNumber(value)) }
    package init(_ value: Bool) { self = .bool(value) }
    package init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }
    package init(_ values: [String: String]) {
        self = .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
}
