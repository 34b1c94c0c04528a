import KubernetesModel

/// Checks of single fields, which add what is wrong to a list.
extension [FieldError] {
    mutating func required(_ path: FieldPath, _ detail: String = "") { append(.required(path, detail)) }
    mutating func invalid(_ path: FieldPath, _ value: JSONValue?, _ detail: String) { append(.invalid(path, value ?? .null, detail)) }
    /// For what is wrong with an object as a whole, which is not shown.
    mutating func invalid(_ path: FieldPath, _ detail: String) { append(FieldError(path, .invalid, detail: detail)) }
    mutating func forbidden(_ path: FieldPath, _ detail: String) { append(.forbidden(path, detail)) }

    /// One error per message.
    mutating func invalid(_ path: FieldPath, _ value: JSONValue?, _ messages: [String]) {
        for message in messages { invalid(path, value, message) }
    }

    /// A number that is there must not be below zero.
    mutating func checkNonnegative(_ json: JSONObject, _ key: String, at path: FieldPath) {
        checkMinimum(json, key, 0, at: path)
    }

    mutating func checkMinimum(_ json: JSONObject, _ key: String, _ minimum: Int, at path: FieldPath) {
        guard let number = json.int(key), number < minimum else { return }
        invalid(path[key], JSONValue(number), "must be greater than or equal to \(minimum)")
    }

    /// A text that is there must be one of `supported`.
    mutating func checkChoice(_ json: JSONObject, _ key: String, _ supported: [String], at path: FieldPath, isRequired: Bool = false) {
        let value = json.string(key)
        if value.isEmpty {
            if isRequired { required(path[key]) }
        } else if !supported.contains(value) {
            append(.notSupported(path[key], .string(value), supported))
        }
    }

    /// A field that an update may not change; null and missing are the same.
    mutating func checkUnchanged(_ new: JSONObject, _ old: JSONObject, _ key: String, at path: FieldPath) {
        let value = new.present(key)
        if value != old.present(key) { invalid(path[key], value, "field is immutable") }
    }

    mutating func checkRequired(_ json: JSONObject, _ key: String, at path: FieldPath, _ detail: String = "") {
        if json.string(key).isEmpty { required(path[key], detail) }
    }

    /// A text that is there must keep to a rule, which says what is wrong with it.
    mutating func checkText(_ json: JSONObject, _ key: String, _ rule: (String) -> [String], at path: FieldPath) {
        let text = json.string(key)
        if !text.isEmpty { invalid(path[key], .string(text), rule(text)) }
    }

    /// A text that must be there and keep to a rule.
    mutating func checkRequiredText(_ json: JSONObject, _ key: String, _ rule: (String) -> [String], at path: FieldPath) {
        checkRequired(json, key, at: path)
        checkText(json, key, rule, at: path)
    }

    /// - Parameter shown: the range that the message names, where it is another.
    mutating func checkRange(
        _ json: JSONObject, _ key: String, _ range: ClosedRange<Int>, at path: FieldPath, shown: ClosedRange<Int>? = nil
    ) {
        guard let number = json.int(key), !range.contains(number) else { return }
        let shown = shown ?? range
        invalid(path[key], JSONValue(number), "must be between \(shown.lowerBound) and \(shown.upperBound), inclusive")
    }

    /// Members of which none may be there.
    mutating func checkAbsent(_ json: JSONObject, _ keys: [String], at path: FieldPath, _ detail: String) {
        for key in keys where json.present(key) != nil { forbidden(path[key], detail) }
    }

    /// A text that is not the first of its kind.
    mutating func checkUnique(_ text: String, _ seen: inout Set<String>, at path: FieldPath) {
        if !seen.insert(text).inserted { append(.duplicate(path, .string(text))) }
    }

    // MARK: Lists

    /// A list that is too long is not looked at further.
    mutating func checkCount(_ count: Int, atMost limit: Int, at path: FieldPath) -> Bool {
        if count > limit { append(.tooMany(path, count, maximum: limit)) }
        return count <= limit
    }

    /// What is wrong with each object of a list that is not too long.
    mutating func checkEach(
        _ json: JSONObject, _ key: String, atMost limit: Int, at path: FieldPath,
        _ rule: (JSONObject, FieldPath, inout [FieldError]) -> Void
    ) {
        let objects = json.objects(key)
        guard checkCount(objects.count, atMost: limit, at: path[key]) else { return }
        for (index, object) in objects.enumerated() { rule(object, path[key][index], &self) }
    }

    /// The same for a list whose objects differ in the text at `identity`.
    mutating func checkSet(
        _ json: JSONObject, _ key: String, key identity: String, atMost limit: Int, at path: FieldPath,
        _ rule: (JSONObject, FieldPath, inout [FieldError]) -> Void
    ) {
        checkEach(json, key, atMost: limit, at: path, rule)
        let objects = json.objects(key)
        guard objects.count <= limit else { return }
        var seen: Set<String> = []
        for (index, object) in objects.enumerated() { checkUnique(object.string(identity), &seen, at: path[key][index]) }
    }
}
