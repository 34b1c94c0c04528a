import KubernetesModel

/// Judges objects as an API server does before it stores them: their metadata, then what their kind asks for, then what an
/// update may not change.
struct ObjectValidator: Validator {
    func validate(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [FieldError] {
        let kind = GroupKind(object)
        var errors: [FieldError] = []
        MetadataRules.validate(object, kind: kind, isNamespaced: context.resource.isNamespaced, &errors)
        if let old { MetadataRules.validateUpdate(object, old, &errors) }
        // What a status says is its controller's word; the object itself did not change.
        if context.subresource == "status" { return errors }
        let change = ObjectChange(new: object.json, old: old?.json, subresource: context.subresource)
        Self.table[kind]?(change, &errors)
        return errors
    }

    func warnings(about object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [String] {
        ObjectWarnings.about(object, replacing: old, in: context)
    }

    typealias Rule = @Sendable (ObjectChange, inout [FieldError]) -> Void

    private static let table: [GroupKind: Rule] = {
        let groups = [
            PodRules.rules, ServiceRules.rules, WorkloadRules.rules, BatchRules.rules, CoreRules.rules, StorageRules.rules,
            NetworkingRules.rules, AccessControlRules.rules, PolicyRules.rules, RegistrationRules.rules, ClusterRules.rules,
            AutoscalerRules.rules, WebhookRules.rules,
        ]
        return groups.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }()
}

/// An object that is to be created, or to replace an old one.
struct ObjectChange {
    let new: JSONObject
    let old: JSONObject?
    var subresource: String?

    var spec: JSONObject { new.object("spec") ?? [:] }
    var oldSpec: JSONObject? { old.map { $0.object("spec") ?? [:] } }
}

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
}
