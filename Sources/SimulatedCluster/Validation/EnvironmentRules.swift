import KubernetesModel

/// The environment of a container.
enum EnvironmentRules {
    private static let sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"]
    private static let podFields: Set = [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
        "status.hostIPs",
        "status.podIP", "status.podIPs",
    ]

    static func validate(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, variable) in container.objects("env").enumerated() {
            let path = path["env"][index]
            errors.checkRequiredText(variable, "name", Names.environmentVariable, at: path)
            if let source = variable.object("valueFrom") {
                validate(source, hasValue: !variable.string("value").isEmpty, at: path["valueFrom"], &errors)
            }
        }
        for (index, source) in container.objects("envFrom").enumerated() {
            let elementPath = path["envFrom"][index]
            errors.checkText(source, "prefix", Names.environmentVariable, at: elementPath)
            let present = ["configMapRef", "secretRef"].filter { source.present($0) != nil }
            for key in present { errors.checkRequiredText(source.object(key) ?? [:], "name", Names.prefix, at: elementPath[key]) }
            // These two are told of the list.
            if present.isEmpty { errors.invalid(path["envFrom"], "", "must specify one of: `configMapRef` or `secretRef`") }
            if present.count > 1 { errors.invalid(path["envFrom"], "", "may not have more than one field specified at a time") }
        }
    }

    private static func validate(_ source: JSONObject, hasValue: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        let present = sources.filter { source.present($0) != nil }
        for key in present { validate(source.object(key) ?? [:], key, at: path[key], &errors) }
        if present.isEmpty {
            errors.invalid(
                path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")
        } else if hasValue {
            errors.invalid(path, "", "may not be specified when `value` is not empty")
        } else if present.count > 1 {
            errors.invalid(path, "", "may not have more than one field specified at a time")
        }
    }

    private static func validate(_ source: JSONObject, _ kind: String, at path: FieldPath, _ errors: inout [FieldError]) {
        switch kind {
        case "fieldRef": DownwardFields.field(source, allowed: podFields, at: path, &errors)
        case "resourceFieldRef": DownwardFields.resource(source, isInVolume: false, at: path, &errors)
        case "fileKeyRef":
            errors.checkRequiredText(source, "key", Names.environmentVariable, at: path)
            errors.checkRequiredText(source, "volumeName", NameRules.label, at: path)
            errors.checkRequired(source, "path", at: path)
            VolumeSourceRules.unreserved(source.string("path"), at: path["path"], &errors)
        default:
            errors.invalid(path["name"], source["name"] ?? "", NameRules.subdomain(source.string("name")))
            errors.checkRequiredText(source, "key", Names.configKey, at: path)
        }
    }
}
