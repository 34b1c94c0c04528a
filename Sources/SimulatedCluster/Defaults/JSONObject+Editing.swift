import KubernetesModel

/// Editing documents in place, as defaulting and admission do: a member that is null counts as missing, a member of the wrong
/// type is left alone (decoding refuses it before).
extension JSONObject {
    /// The member, unless it is null.
    func present(_ key: String) -> JSONValue? {
        guard let value = self[key], value != .null else { return nil }
        return value
    }

    func object(_ key: String) -> JSONObject? { self[key]?.objectValue }
    func string(_ key: String) -> String { self[key]?.stringValue ?? "" }
    func int(_ key: String) -> Int? { self[key]?.intValue }
    func bool(_ key: String) -> Bool { self[key]?.boolValue ?? false }
    func strings(_ key: String) -> [String] { self[key]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    /// The elements of a list of objects; others are passed over.
    func objects(_ key: String) -> [JSONObject] { self[key]?.arrayValue?.compactMap(\.objectValue) ?? [] }

    /// Sets a member that is missing.
    mutating func setDefault(_ key: String, _ value: @autoclosure () -> JSONValue) {
        if present(key) == nil { self[key] = value() }
    }

    /// Sets a string that is missing or empty.
    mutating func setDefaultText(_ key: String, _ value: @autoclosure () -> String) {
        if present(key) == nil || self[key] == "" { self[key] = .string(value()) }
    }

    /// Changes a member that is an object.
    mutating func modify(_ key: String, _ change: (inout JSONObject) -> Void) {
        guard case .object(var child)? = self[key] else { return }
        self[key] = .null  // The only reference is ours now: changes happen in place.
        change(&child)
        self[key] = .object(child)
    }

    /// Changes a member that is an object, making an empty one first where there is none.
    mutating func modifyOrCreate(_ key: String, _ change: (inout JSONObject) -> Void) {
        setDefault(key, .object([:]))
        modify(key, change)
    }

    /// Changes each object in a list.
    mutating func modifyEach(_ key: String, _ change: (inout JSONObject) -> Void) {
        guard case .array(var elements)? = self[key] else { return }
        self[key] = .null
        for index in elements.indices {
            guard case .object(var child) = elements[index] else { continue }
            elements[index] = .null
            change(&child)
            elements[index] = .object(child)
        }
        self[key] = .array(elements)
    }

    mutating func append(_ value: JSONValue, to key: String) {
        guard case .array(var elements)? = self[key] else {
            self[key] = .array([value])
            return
        }
        self[key] = .null
        elements.append(value)
        self[key] = .array(elements)
    }
}
