import KubernetesModel

/// Names in the API of devices (`resource.k8s.io`): of drivers, pools, attributes and shares.
enum DeviceNames {
    static func pool(_ json: JSONObject, _ key: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let name = json.string(key)
        if name.isEmpty { return errors.required(path[key]) }
        if name.utf8.count > 253 { return errors.append(.tooLong(path[key], maximumBytes: 253)) }
        for part in name.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
            errors.invalid(path[key], .string(part), NameRules.subdomain(part))
        }
    }

    /// An identifier, with the domain of whoever defines it before a slash unless that is the driver.
    static func qualified(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: identifier(name, at: path, &errors)
        case 2:
            if parts[0].isEmpty {
                errors.invalid(path, "", "the domain must not be empty")
            } else {
                VolumeSourceRules.driverName(parts[0], at: path, &errors)
            }
            if parts[1].isEmpty {
                errors.invalid(path, "", "the name must not be empty")
            } else {
                identifier(parts[1], at: path, &errors)
            }
        default: errors.invalid(path, .string(name), "must not contain more than one slash")
        }
    }

    static func fullyQualified(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        qualified(name, at: path, &errors)
        guard !name.contains("/") else { return }
        errors.invalid(path, .string(name), "a fully qualified name must be a domain and a name separated by a slash")
    }

    private static func identifier(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if text.utf8.count > 32 { errors.append(.tooLong(path, maximumBytes: 32)) }
        let isIdentifier = text.utf8.enumerated().allSatisfy { place, byte in
            byte == 0x5F || (0x61...0x7A).contains(byte | 0x20) || (place > 0 && (0x30...0x39).contains(byte))
        }
        guard text.isEmpty || !isIdentifier else { return }
        let message = NameRules.mismatch(
            "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
            pattern: "[A-Za-z_][A-Za-z0-9_]*", examples: "my_name", "MY_NAME", "MyName")
        errors.invalid(path, .string(text), message)
    }

    /// Which share of a device is meant, where several claims may have it.
    static func share(_ json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let identifier = json["shareID"]?.stringValue else { return }
        let groups = identifier.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
        guard groups == [8, 4, 4, 4, 12], identifier.allSatisfy({ $0 == "-" || $0.isHexDigit }) else {
            let length = identifier.utf8.count
            let problem = length == 36 ? "invalid UUID format" : "invalid UUID length: \(length)"
            return errors.invalid(path["shareID"], .string(identifier), "error validating uid: \(problem)")
        }
        guard identifier != identifier.lowercased() else { return }
        errors.invalid(
            path["shareID"], .string(identifier),
            "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase hexadecimal characters")
    }
}
