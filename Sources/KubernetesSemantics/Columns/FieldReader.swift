package import KubernetesModel

/// Reads the fields of an object by name, level by level: `FieldReader(pod).status.phase.text`. What is missing, or of another
/// type, reads as empty, as in the API's own types.
@dynamicMemberLookup
package struct FieldReader: Sendable {
    /// Nil when the field is missing.
    package let json: JSONValue?

    package init(_ json: JSONValue?) {
        self.json = json
    }

    package init(_ object: KubernetesObject) {
        json = object.value
    }

    package subscript(dynamicMember key: String) -> FieldReader {
        FieldReader(json?[key])
    }

    /// For keys that are not Swift names, or that are names of this type's own members.
    package subscript(key: String) -> FieldReader {
        FieldReader(json?[key])
    }

    package var exists: Bool {
        json.map { !$0.isNull } ?? false
    }

    package var text: String { json?.stringValue ?? "" }

    /// A string, or the digits of a number: quantities and ports may be either.
    package var textOrNumber: String {
        json?.stringValue ?? json?.numberValue?.text ?? ""
    }

    package var number: Int { json?.intValue ?? 0 }
    package var flag: Bool { json?.boolValue ?? false }
    package var elements: [FieldReader] { json?.arrayValue?.map { FieldReader($0) } ?? [] }
    package var texts: [String] { json?.arrayValue?.compactMap(\.stringValue) ?? [] }
    package var members: JSONObject { json?.objectValue ?? [:] }

    /// The text, or `other` when there is none.
    package func text(or other: String) -> String {
        let text = text
        return text.isEmpty ? other : text
    }

    /// The element of a list of conditions that has this type.
    package func condition(_ type: String) -> FieldReader? {
        json?.arrayValue?.first { $0["type"]?.stringValue == type }.map { FieldReader($0) }
    }
}
