/// Chooses objects by a few of their fields: `status.phase=Running,spec.nodeName!=n1`, as k8s.io/apimachinery/pkg/fields reads it.
package struct FieldSelector: Sendable, Hashable {
    package struct Term: Sendable, Hashable {
        /// With dots: `metadata.name`.
        package var path: String
        package var isNegated: Bool
        package var value: String

        package init(path: String, isNegated: Bool = false, value: String) {
            self.path = path
            self.isNegated = isNegated
            self.value = value
        }
    }

    /// All must be met.
    package var terms: [Term]

    package static let everything = FieldSelector(terms: [])

    package init(terms: [Term]) {
        self.terms = terms
    }

    /// Chooses the object of this name.
    package static func name(_ name: String) -> FieldSelector {
        FieldSelector(terms: [Term(path: "metadata.name", value: name)])
    }

    package init(_ text: String) throws(SelectorError) {
        var terms: [Term] = []
        for part in Self.split(text).sorted() where !part.isEmpty {
            guard let (path, isNegated, value) = Self.term(part) else {
                throw SelectorError("invalid selector: '\(text)'; can't understand '\(part)'")
            }
            terms.append(Term(path: path, isNegated: isNegated, value: try Self.unescape(value)))
        }
        self.terms = terms
    }

    package var isEverything: Bool { terms.isEmpty }

    /// - Parameter value: the field at a path; nil counts as empty.
    package func matches(_ value: (String) -> String?) -> Bool {
        terms.allSatisfy { ((value($0.path) ?? "") == $0.value) != $0.isNegated }
    }

    /// Whether the scalars at the paths of `object` are those asked for.
    package func matches(_ object: KubernetesObject) -> Bool {
        let root = object.value
        return matches { path in
            switch root[path: path.split(separator: ".").map(String.init)] {
            case .string(let text): text
            case .bool(let value): value ? "true" : "false"
            case .number(let number): number.text
            default: nil
            }
        }
    }

    /// The value that `path` must have, when a term says so.
    package func requiredValue(of path: String) -> String? {
        terms.first { $0.path == path && !$0.isNegated }?.value
    }

    /// Splits at commas that no backslash precedes.
    private static func split(_ text: String) -> [String] {
        var parts = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == ",", !isEscaped {
                parts.append("")
            } else {
                parts[parts.count - 1].unicodeScalars.append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return parts
    }

    /// Splits at the first operator.
    private static func term(_ part: String) -> (path: String, isNegated: Bool, value: String)? {
        let bytes = Array(part.utf8)
        func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        for index in bytes.indices {
            let isFollowedByEquals = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "=")
            switch bytes[index] {
            case UInt8(ascii: "!") where isFollowedByEquals: return (text(bytes[..<index]), true, text(bytes[(index + 2)...]))
            case UInt8(ascii: "="):
                return (text(bytes[..<index]), false, text(bytes[(index + (isFollowedByEquals ? 2 : 1))...]))
            default: continue
            }
        }
        return nil
    }

    private static func unescape(_ text: String) throws(SelectorError) -> String {
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "\\", ",", "=":
                // Go prints the character's number here.
                guard isEscaped else { throw SelectorError("invalid field selector: unescaped character in value: \(scalar.value)") }
            default:
                guard !isEscaped else { throw SelectorError("invalid field selector: invalid escape sequence: \\\(scalar)") }
            }
            result.unicodeScalars.append(scalar)
            isEscaped = false
        }
        guard !isEscaped else { throw SelectorError("invalid field selector: invalid escape sequence: \\") }
        return result
    }

    private static func escape(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar == "," || scalar == "=" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}

extension FieldSelector: CustomStringConvertible {
    package var description: String {
        terms.map { "\($0.path)\($0.isNegated ? "!=" : "=")\(Self.escape($0.value))" }.joined(separator: ",")
    }
}
