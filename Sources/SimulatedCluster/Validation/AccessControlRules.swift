import KubernetesModel

/// Roles and their bindings.
enum AccessControlRules {
    static func role(_ role: JSONObject, isNamespaced: Bool, _ errors: inout [FieldError]) {
        for (index, rule) in role.objects("rules").enumerated() {
            let path = FieldPath("rules")[index]
            if rule.strings("verbs").isEmpty { errors.required(path["verbs"], "verbs must contain at least one value") }
            if !rule.strings("nonResourceURLs").isEmpty {
                if isNamespaced {
                    errors.invalid(path["nonResourceURLs"], rule["nonResourceURLs"], "namespaced rules cannot apply to non-resource URLs")
                }
                if !(rule.strings("apiGroups") + rule.strings("resources") + rule.strings("resourceNames")).isEmpty {
                    errors.invalid(
                        path["nonResourceURLs"], rule["nonResourceURLs"],
                        "rules cannot apply to both regular resources and non-resource URLs"
                    )
                }
                continue
            }
            if rule.strings("apiGroups").isEmpty { errors.required(path["apiGroups"], "resource rules must supply at least one api group") }
            if rule.strings("resources").isEmpty { errors.required(path["resources"], "resource rules must supply at least one resource") }
        }
    }

    static func binding(_ change: ObjectChange, kinds: [String], _ errors: inout [FieldError]) {
        let reference = change.new.object("roleRef") ?? [:]
        let path = FieldPath("roleRef")
        if reference.string("apiGroup") != RoleCatalog.group {
            errors.append(.notSupported(path["apiGroup"], .string(reference.string("apiGroup")), [RoleCatalog.group]))
        }
        if !kinds.contains(reference.string("kind")) {
            errors.append(.notSupported(path["kind"], .string(reference.string("kind")), kinds))
        }
        if reference.string("name").isEmpty {
            errors.required(path["name"])
        } else {
            errors.invalid(path["name"], reference["name"], Names.pathSegment(reference.string("name")))
        }
        let isNamespaced = kinds.count > 1
        for (index, subject) in change.new.objects("subjects").enumerated() {
            self.subject(subject, isNamespaced: isNamespaced, at: FieldPath("subjects")[index], &errors)
        }
        if let old = change.old, old["roleRef"] != change.new["roleRef"] {
            errors.invalid(path, .object(reference), "cannot change roleRef")
        }
    }

    private static func subject(_ subject: JSONObject, isNamespaced: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        let name = subject.string("name")
        if name.isEmpty { errors.required(path["name"]) }
        switch subject.string("kind") {
        case "ServiceAccount":
            if !name.isEmpty { errors.invalid(path["name"], .string(name), NameRules.subdomain(name)) }
            if !subject.string("apiGroup").isEmpty {
                errors.append(.notSupported(path["apiGroup"], subject["apiGroup"] ?? "", [""]))
            }
            if !isNamespaced, subject.string("namespace").isEmpty { errors.required(path["namespace"]) }
        case let kind where ["User", "Group"].contains(kind):
            if name.isEmpty { errors.invalid(path["name"], .string(name), "\(kind.lowercased()) name cannot be empty") }
            if subject.string("apiGroup") != RoleCatalog.group {
                errors.append(.notSupported(path["apiGroup"], subject["apiGroup"] ?? "", [RoleCatalog.group]))
            }
        default:
            errors.append(.notSupported(path["kind"], .string(subject.string("kind")), ["ServiceAccount", "User", "Group"]))
        }
    }
}
