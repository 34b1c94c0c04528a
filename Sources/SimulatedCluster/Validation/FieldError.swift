package import KubernetesModel

/// One thing wrong with one field of an object, in Kubernetes's words (apimachinery's `field.Error`).
package struct FieldError: Error, Sendable, Hashable {
    /// The raw value is the `reason` of a cause in a `Status`.
    package enum Kind: String, Sendable {
        case required = "FieldValueRequired"
        case invalid = "FieldValueInvalid"
        case notSupported = "FieldValueNotSupported"
        case forbidden = "FieldValueForbidden"
        case duplicate = "FieldValueDuplicate"
        case notFound = "FieldValueNotFound"
        case tooLong = "FieldValueTooLong"
        case tooMany = "FieldValueTooMany"
        case typeInvalid = "FieldValueTypeInvalid"
        case internalError = "InternalError"
    }

    package var path: FieldPath
    package var kind: Kind
    /// What is wrong, for kinds that show it.
    package var value: JSONValue?
    package var detail: String

    package init(_ path: FieldPath, _ kind: Kind, value: JSONValue? = nil, detail: String = "") {
        self.path = path
        self.kind = kind
        self.value = value
        self.detail = detail
    }

    package static func required(_ path: FieldPath, _ detail: String = "") -> FieldError {
        FieldError(path, .required, detail: detail)
    }

    package static func invalid(_ path: FieldPath, _ value: JSONValue, _ detail: String) -> FieldError {
        FieldError(path, .invalid, value: value, detail: detail)
    }

    package static func forbidden(_ path: FieldPath, _ detail: String) -> FieldError {
        FieldError(path, .forbidden, detail: detail)
    }

    package static func duplicate(_ path: FieldPath, _ value: JSONValue) -> FieldError {
        FieldError(path, .duplicate, value: value)
    }

    package static func notFound(_ path: FieldPath, _ value: JSONValue) -> FieldError {
        FieldError(path, .notFound, value: value)
    }

    /// Definitions may list a megabyte of values, and an object hold a thousand that are none of them.
    private static let longestList = 16 << 10

    /// - Parameter supported: in the order in which a server prints them, which for most fields is alphabetical.
    package static func notSupported(_ path: FieldPath, _ value: JSONValue, _ supported: [String]) -> FieldError {
        let list = String(supported.map(\.goQuoted).joined(separator: ", ").prefix(longestList))
        return FieldError(path, .notSupported, value: value, detail: supported.isEmpty ? "" : "supported values: \(list)")
    }

    package static func tooLong(_ path: FieldPath, maximumBytes: Int) -> FieldError {
        FieldError(path, .tooLong, detail: "may not be more than \(maximumBytes) bytes")
    }

    package static func tooMany(_ path: FieldPath, _ count: Int, maximum: Int) -> FieldError {
        FieldError(path, .tooMany, value: JSONValue(count), detail: "must have at most \(maximum) item\(maximum == 1 ? "" : "s")")
    }

    /// The cause's `message`: everything but the path.
    package var message: String {
        let body = showsValue ? value.map { "\(title): \(GoText.of($0))" } ?? title : title
        return detail.isEmpty ? body : "\(body): \(detail)"
    }

    /// As errors read in lists: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
    package var description: String { "\(path): \(message)" }

    private var showsValue: Bool {
        switch kind {
        case .required, .forbidden, .tooLong, .internalError: false
        default: true
        }
    }

    private var title: String {
        switch kind {
        case .required: "Required value"
        case .invalid, .typeInvalid: "Invalid value"
        case .notSupported: "Unsupported value"
        case .forbidden: "Forbidden"
        case .duplicate: "Duplicate value"
        case .notFound: "Not found"
        case .tooLong: "Too long"
        case .tooMany: "Too many"
        case .internalError: "Internal error"
        }
    }
}

extension FieldError: CustomStringConvertible {}

/// What validation found, in the order in which a server reports it.
package struct ValidationErrors: Error, Sendable, Hashable, CustomStringConvertible {
    package var errors: [FieldError]

    package init(_ errors: [FieldError]) {
        self.errors = errors
    }

    /// The errors as one text, as after `is invalid: ` in a message: one alone, several in brackets, each text once.
    package var description: String {
        var seen: Set<String> = []
        let texts = errors.map(\.description).filter { seen.insert($0).inserted }
        return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }
}
