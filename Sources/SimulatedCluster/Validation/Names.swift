import KubernetesModel

/// Rules for names beyond those of labels and DNS names in general.
enum Names {
    /// The name of most objects, or the beginning of one.
    static func prefix(_ name: String) -> [String] {
        NameRules.subdomain(name.count > 1 ? generated(name) : name)
    }

    /// A name that a prefix may lead to: what is generated ends in letters and digits, whatever its prefix ends in.
    static func generated(_ prefix: String) -> String {
        prefix.hasSuffix("-") ? prefix.dropLast() + "a" : prefix
    }

    /// A domain of at least so many parts.
    static func domain(_ name: String, parts: Int) -> [String] {
        let name = name.hasSuffix(".") && parts == 2 ? String(name.dropLast()) : name
        let problems = NameRules.subdomain(name)
        let words = [2: "two", 3: "three"]
        let isShort = name.split(separator: ".", omittingEmptySubsequences: false).count < parts
        let message = "should be a domain with at least \(words[parts] ?? String(parts)) segments separated by dots"
        return (problems.isEmpty ? [] : [problems.joined(separator: ",")]) + (isShort ? [message] : [])
    }

    /// The name of a header of HTTP.
    static func header(_ name: String) -> [String] {
        let isPlain =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            }
        return isPlain
            ? []
            : [
                NameRules.mismatch(
                    "a valid HTTP header must consist of alphanumeric characters or '-'", pattern: "[-A-Za-z0-9]+",
                    examples: "X-Header-Name")
            ]
    }

    /// A name that can stand in a path.
    static func pathSegment(_ name: String) -> [String] {
        if name == "." || name == ".." { return ["may not be '\(name)'"] }
        return ["/", "%"].filter(name.contains).map { "may not contain '\($0)'" }
    }

    /// A DNS label that starts with a letter.
    static func label1035(_ text: String) -> [String] {
        var errors: [String] = []
        if text.utf8.count > 63 { errors.append("must be no more than 63 characters") }
        let isLabel = NameRules.label(text).isEmpty || text.utf8.count > 63
        if !isLabel || !(text.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false) {
            errors.append(
                NameRules.mismatch(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', "
                        + "start with an alphabetic character, and end with an alphanumeric character",
                    pattern: "[a-z]([-a-z0-9]*[a-z0-9])?", examples: "my-name", "abc-123"
                )
            )
        }
        return errors
    }

    /// A DNS name whose first part stands for any.
    static func wildcardSubdomain(_ text: String) -> [String] {
        let isTooLong = text.utf8.count > 253
        let isWildcard = text.hasPrefix("*.") && (isTooLong || NameRules.subdomain(String(text.dropFirst(2))).isEmpty)
        let label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
        let mismatch = NameRules.mismatch(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of "
                + "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
            pattern: "\\*\\.\(label)(\\.\(label))*", examples: "*.example.com")
        return (isTooLong ? ["must be no more than 253 characters"] : []) + (isWildcard ? [] : [mismatch])
    }

    /// The name of a port of a container.
    static func port(_ name: String) -> [String] {
        var errors: [String] = []
        let bytes = Array(name.utf8)
        if bytes.count > 15 { errors.append("must be no more than 15 characters") }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        if !bytes.allSatisfy({ digits.contains($0) || letters.contains($0) || $0 == UInt8(ascii: "-") }) {
            errors.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
        }
        if !bytes.contains(where: letters.contains) { errors.append("must contain at least one letter (a-z)") }
        if name.contains("--") { errors.append("must not contain consecutive hyphens") }
        if bytes.first == UInt8(ascii: "-") || bytes.last == UInt8(ascii: "-") {
            errors.append("must not begin or end with a hyphen")
        }
        return errors
    }

    static func portNumber(_ number: Int) -> [String] {
        (1...65535).contains(number) ? [] : ["must be between 1 and 65535, inclusive"]
    }

    /// A key of a ConfigMap or Secret.
    static func configKey(_ key: String) -> [String] {
        if key.utf8.count > 253 { return ["must be no more than 253 characters"] }
        let isPlain =
            !key.isEmpty
            && key.utf8.allSatisfy { byte in
                (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || [0x2D, 0x5F, 0x2E].contains(byte)
            }
        if !isPlain {
            return [
                NameRules.mismatch(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'", pattern: "[-._a-zA-Z0-9]+",
                    examples: "key.name", "KEY_NAME", "key-name"
                )
            ]
        }
        if key == "." { return ["must not be '.'"] }
        if key == ".." { return ["must not be '..'"] }
        return key.hasPrefix("..") ? ["must not start with '..'"] : []
    }

    static func environmentVariable(_ name: String) -> [String] {
        let isPrintable = name.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
        return isPrintable ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
    }
}
