import KubernetesModel

/// Conditions of a status, for kinds that hold them against the rules for all (`metav1.Condition`).
enum ConditionRules {
    static func validate(_ conditions: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var types: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            errors.checkUnique(condition.string("type"), &types, at: path[index]["type"])
            validate(condition, at: path[index], &errors)
        }
    }

    private static func validate(_ condition: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (type, status, reason) = (condition.string("type"), condition.string("status"), condition.string("reason"))
        errors.invalid(path["type"], .string(type), NameRules.qualifiedName(type))
        let statuses = ["False", "True", "Unknown"]
        if !statuses.contains(status) { errors.append(.notSupported(path["status"], .string(status), statuses)) }
        if let generation = condition.int("observedGeneration"), generation < 0 {
            errors.invalid(path["observedGeneration"], JSONValue(generation), "must be greater than or equal to zero")
        }
        errors.checkRequired(condition, "lastTransitionTime", at: path, "must be set")
        errors.checkRequired(condition, "reason", at: path, "must be set")
        if !reason.isEmpty, !isReason(reason) { errors.invalid(path["reason"], .string(reason), reasonMessage) }
        for (key, limit) in [("reason", 1024), ("message", 32 * 1024)] where condition.string(key).utf8.count > limit {
            errors.append(.tooLong(path[key], maximumBytes: limit))
        }
    }

    private static func isReason(_ text: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
        func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || byte == 0x5F || (0x30...0x39).contains(byte) }
        guard let first = text.utf8.first, let last = text.utf8.last, isLetter(first), isWord(last) else { return false }
        return text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }
    }

    private static let reasonMessage = NameRules.mismatch(
        "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', "
            + "and must end with an alphanumeric character or '_'",
        pattern: "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?", examples: "my_name", "MY_NAME", "MyName", "ReasonA,ReasonB", "ReasonA:ReasonB")
}
