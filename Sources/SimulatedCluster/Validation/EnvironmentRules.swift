import KubernetesModel

/// The environment of a container.
enum EnvironmentRules {
    private static let sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]
    private static let podFields: Set = [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs",
    ]

    static func validate(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, variable) in container.objects("env").enumerated() {
            let path = path["env"][index]
            let name = variable.string("name")
            if name.isEmpty {
                errors.required(path["name"])
            } else {
                errors.invalid(path["name"], .string(name), Names.environmentVariable(name))
            }
            if let source = variable.object("valueFrom") {
                validate(source, hasValue: !variable.string("value").isEmpty, at: path["valueFrom"], &errors)
            }
        }
        for (index, source) in container.objects("envFrom").enumerated() {
            let path = path["envFrom"][index]
            let present = ["configMapRef", "secretRef"].filter { source.present($0) != nil }
            if present.isEmpty { errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`") }
            if present.count > 1 { errors.invalid(path, "", "may not have more than one field specified at a time") }
            for key in present where source.object(key)?.string("name").isEmpty ?? true { errors.required(path[key]["name"]) }
        }
    }

    private static func validate(_ source: JSONObject, hasValue: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        let present = sources.filter { source.present($0) != nil }
        for key in present { validate(source.object(key) ?? [:], key, at: path[key], &errors) }
        if present.isEmpty {
            errors.invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")
        } else if hasValue {
            errors.invalid(path, "", "may not be specified when `value` is not empty")
        } else if present.count > 1 {
            errors.invalid(path, "", "may not have more than one field specified at a time")
        }
    }

    private static func validate(_ source: JSONObject, _ kind: String, at path: FieldPath, _ errors: inout [FieldError]) {
        switch kind {
        case "fieldRef": field(source.string("fieldPath"), at: path["fieldPath"], &errors)
        case "resourceFieldRef": errors.checkRequired(source, "resource", at: path)
        case "configMapKeyRef", "secretKeyRef":
            errors.checkRequired(source, "name", at: path)
            let key = source.string("key")
            if key.isEmpty { errors.required(path["key"]) } else { errors.invalid(path["key"], .string(key), Names.configKey(key)) }
        default: break
        }
    }

    private static func field(_ field: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if field.isEmpty { return errors.required(path) }
        if let bracket = field.firstIndex(of: "["), field.hasSuffix("]") {
            let map = field[..<bracket]
            if map == "metadata.annotations" || map == "metadata.labels" { return }
            return errors.invalid(path, .string(field), "does not support subscript")
        }
        if !podFields.contains(field) { errors.append(.notSupported(path, .string(field), podFields.sorted())) }
    }
}
