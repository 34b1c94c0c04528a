import KubernetesModel

/// The schema of a custom resource: what it knows and fills in; what it refuses, `SchemaValidator` tells.
struct StructuralSchema {
    private let root: JSONValue
    private let patterns: SchemaPatterns

    init(of resource: CustomResource) {
        root = resource.schema
        patterns = resource.patterns
    }

    // MARK: Pruning

    /// Drops unknown fields and returns their paths; API server's own fields always stay.
    func prune(_ object: inout KubernetesObject) -> [String] {
        var unknown: [String] = []
        var value = object.value
        Self.prune(&value, root, path: "", isRoot: true, &unknown)
        if let pruned = KubernetesObject(value) { object = pruned }
        return unknown.sorted()
    }

    /// Paths of what a schema knows nothing of in a value.
    static func unknownFields(of value: JSONValue, in schema: JSONValue) -> [String] {
        var (value, unknown): (JSONValue, [String]) = (value, [])
        prune(&value, schema, path: "", isRoot: false, &unknown)
        return unknown
    }

    private static func prune(_ value: inout JSONValue, _ schema: JSONValue, path: String, isRoot: Bool, _ unknown: inout [String]) {
        switch value {
        case .object(let object):
            let properties = schema["properties"]
            let isEmbedded = schema["x-kubernetes-embedded-resource"] == true
            let keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"]?.boolValue == true
            var kept = JSONObject()
            for (key, member) in object {
                var child = member
                let isServers = (isRoot || isEmbedded) && ["apiVersion", "kind", "metadata"].contains(key)
                let place = path.isEmpty ? key.pathComponent : "\(path).\(key.pathComponent)"
                if !isServers, let known = properties?[key] ?? schema["additionalProperties"]?.objectValue.map(JSONValue.object) {
                    prune(&child, known, path: place, isRoot: false, &unknown)
                } else if !isServers, !keepsUnknown, schema["additionalProperties"] != true {
                    if unknown.count < FieldCheck.mostTold { unknown.append(place) }
                    continue
                }
                kept[key] = child
            }
            value = .object(kept)
        case .array(var elements):
            guard let items = schema["items"] else { return }
            for index in elements.indices { prune(&elements[index], items, path: "\(path)[\(index)]", isRoot: false, &unknown) }
            value = .array(elements)
        default: return
        }
    }

    // MARK: Defaults

    func applyDefaults(to object: inout KubernetesObject) {
        var value = object.value
        Self.fill(&value, root)
        if let filled = KubernetesObject(value) { object = filled }
    }

    private static func fill(_ value: inout JSONValue, _ schema: JSONValue) {
        switch value {
        case .object(var object):
            for (key, property) in schema["properties"]?.objectValue ?? [:] {
                let isMissing = object[key] == nil || (object[key] == .null && property["nullable"] != true)
                if isMissing, let fallback = property["default"] { object[key] = fallback }
                if var child = object[key] {
                    fill(&child, property)
                    object[key] = child
                }
            }
            if let additional = schema["additionalProperties"], additional.objectValue != nil {
                object = object.mapValues { child in
                    var child = child
                    fill(&child, additional)
                    return child
                }
            }
            value = .object(object)
        case .array(var elements):
            guard let items = schema["items"] else { return }
            for index in elements.indices { fill(&elements[index], items) }
            value = .array(elements)
        default: return
        }
    }

    // MARK: Validation

    /// - Parameter old: what the object replaces.
    func errors(in object: KubernetesObject, replacing old: KubernetesObject?) -> [FieldError] {
        var errors = EmbeddedObjects.exist(in: root) ? EmbeddedObjects.errors(in: object.value, root, isEmbedded: false, at: .root) : []
        errors += SchemaValidator(patterns: patterns).errors(in: object.value, root, at: .root)
        guard SchemaExpressions.exist(in: root) else { return errors }
        // Rules could not be read where a value is of another kind or size than the schema says; what else is wrong doesn't matter to them.
        guard !errors.contains(where: { Self.blocking.contains($0.kind) }) else { return errors + [Self.unchecked] }
        return errors + SchemaExpressions.errors(in: object.value, replacing: old?.value, root, at: .root)
    }

    private static let blocking: Set<FieldError.Kind> = [.notSupported, .required, .tooLong, .tooMany, .typeInvalid]

    private static let unchecked = FieldError.invalid(
        FieldPath("<nil>"), .null,
        "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"
    )
}
