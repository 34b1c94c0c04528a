import KubernetesModel

/// Values as Go's formatting prints them in messages.
enum GoText {
    /// A field's bad value: strings quoted, numbers and booleans bare, the rest as JSON with sorted keys.
    static func of(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): text.goQuoted
        default: String(decoding: JSONWriter.compact(sorted(value)), as: UTF8.self)
        }
    }

    private static func sorted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var object = object.mapValues(sorted)
            object.sortKeys()
            return .object(object)
        case .array(let elements): return .array(elements.map(sorted))
        default: return value
        }
    }
}
