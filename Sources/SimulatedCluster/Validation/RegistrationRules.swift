import KubernetesModel

/// Definitions of custom resources.
enum RegistrationRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "apiextensions.k8s.io", "CustomResourceDefinition"): { change, errors in definition(change, &errors) }
    ]

    private static func definition(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        let names = spec.object("names") ?? [:]
        let name = change.new.object("metadata")?.string("name") ?? ""
        let expected = "\(names.string("plural")).\(spec.string("group"))"
        if name != expected { errors.invalid(.metadata["name"], .string(name), "must be spec.names.plural+\".\"+spec.group") }
        if spec.string("group").isEmpty {
            errors.required(.spec["group"])
        } else {
            errors.invalid(.spec["group"], spec["group"], NameRules.subdomain(spec.string("group")))
            if !spec.string("group").contains(".") {
                errors.invalid(.spec["group"], spec["group"], "should be a domain with at least one dot")
            }
        }
        errors.checkChoice(spec, "scope", ["Cluster", "Namespaced"], at: .spec, isRequired: true)
        versions(spec.objects("versions"), &errors)
        for key in ["plural", "singular", "kind", "listKind"] {
            let value = names.string(key)
            if value.isEmpty { errors.required(.spec["names"][key]) } else {
                errors.invalid(.spec["names"][key], .string(value), Names.label1035(value.lowercased()))
            }
        }
        guard let old = change.oldSpec else { return }
        for key in ["group", "scope"] { errors.checkUnchanged(spec, old, key, at: .spec) }
        if names["plural"] != old.object("names")?["plural"] {
            errors.invalid(.spec["names"]["plural"], names["plural"], "field is immutable")
        }
    }

    private static func versions(_ versions: [JSONObject], _ errors: inout [FieldError]) {
        if versions.isEmpty { errors.required(.spec["versions"]) }
        var seen: Set<String> = []
        for (index, version) in versions.enumerated() {
            let path = FieldPath.spec["versions"][index]
            let name = version.string("name")
            if !seen.insert(name).inserted { errors.append(.duplicate(path["name"], .string(name))) }
            errors.invalid(path["name"], .string(name), Names.label1035(name))
            if let schema = version.object("schema")?["openAPIV3Schema"], schema.objectValue != nil {
                SchemaDefinitionRules.validate(schema, at: path["schema"]["openAPIV3Schema"], &errors)
            } else {
                errors.required(path["schema"]["openAPIV3Schema"], "schemas are required")
            }
        }
        if !versions.isEmpty, versions.filter({ $0.bool("storage") }).count != 1 {
            errors.invalid(.spec["versions"], .array(versions.map(JSONValue.object)), "must have exactly one version marked as storage version")
        }
    }
}
