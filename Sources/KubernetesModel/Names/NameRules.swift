/// The rules for names, label keys and label values, with the messages of k8s.io/apimachinery/pkg/util/validation.
///
/// Every function returns what is wrong with a text: empty when nothing is.
package enum NameRules {
    /// A label or annotation key, a finalizer, a resource name: `app`, `example.com/app`.
    package static func qualifiedName(_ text: String) -> [String] {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2 else {
            return ["a qualified name \(qualifiedNameMessage) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"]
        }
        var errors: [String] = []
        if parts.count == 2 {
            errors += parts[0].isEmpty ? ["prefix part \(mustNotBeEmpty)"] : subdomain(String(parts[0])).map { "prefix part \($0)" }
        }
        let name = parts.last ?? ""
        if name.isEmpty {
            errors.append("name part \(mustNotBeEmpty)")
        } else if name.utf8.count > 63 {
            errors.append("name part \(tooLong(63))")
        }
        if !isQualified(name.utf8) { errors.append("name part \(qualifiedNameMessage)") }
        return errors
    }

    package static func labelValue(_ text: String) -> [String] {
        var errors: [String] = []
        if text.utf8.count > 63 { errors.append(tooLong(63)) }
        if !text.isEmpty, !isQualified(text.utf8) { errors.append(labelValueMessage) }
        return errors
    }

    /// A DNS label: the name of a namespace, a container, a port.
    package static func label(_ text: String) -> [String] {
        var errors: [String] = []
        if text.utf8.count > 63 { errors.append(nameTooLong(63)) }
        if !isLabel(text.utf8) { errors.append(subdomain(text).isEmpty ? "must not contain dots" : labelMessage) }
        return errors
    }

    /// A DNS subdomain: the name of most objects.
    package static func subdomain(_ text: String) -> [String] {
        var errors: [String] = []
        if text.utf8.count > 253 { errors.append(nameTooLong(253)) }
        if !text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy({ isLabel($0) }) {
            errors.append(subdomainMessage)
        }
        return errors
    }

    package static let mustNotBeEmpty = "must be non-empty"

    package static func tooLong(_ limit: Int) -> String {
        "must be no more than \(limit) bytes"
    }

    /// DNS names, whose bytes are characters, are measured in another word than labels' keys and values.
    private static func nameTooLong(_ limit: Int) -> String {
        "must be no more than \(limit) characters"
    }

    /// The message of a text that does not match a regular expression.
    package static func mismatch(_ message: String, pattern: String, examples: String...) -> String {
        guard !examples.isEmpty else { return "\(message) (regex used for validation is '\(pattern)')" }
        let list = examples.map { "'\($0)', " }.joined(separator: " or ")
        return "\(message) (e.g. \(list)regex used for validation is '\(pattern)')"
    }

    private static let qualifiedNamePattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
    private static let labelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"

    private static let qualifiedNameMessage = mismatch(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        pattern: qualifiedNamePattern, examples: "MyName", "my.name", "123-abc"
    )

    private static let labelValueMessage = mismatch(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
            + "and must start and end with an alphanumeric character",
        pattern: "(\(qualifiedNamePattern))?", examples: "MyValue", "my_value", "12345"
    )

    private static let labelMessage = mismatch(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
            + "and must start and end with an alphanumeric character",
        pattern: labelPattern, examples: "my-name", "123-abc"
    )

    private static let subdomainMessage = mismatch(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
            + "and must start and end with an alphanumeric character",
        pattern: "\(labelPattern)(\\.\(labelPattern))*", examples: "example.com"
    )

    private static func isQualified(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return first.isAlphanumeric && last.isAlphanumeric
            && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }
    }

    private static func isLabel(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = bytes.first, let last = bytes.last else { return false }
        return first.isLowercaseAlphanumeric && last.isLowercaseAlphanumeric
            && bytes.allSatisfy { $0.isLowercaseAlphanumeric || $0 == UInt8(ascii: "-") }
    }
}

extension UInt8 {
    fileprivate var isLowercaseAlphanumeric: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
    }

    fileprivate var isAlphanumeric: Bool {
        isLowercaseAlphanumeric || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }
}
