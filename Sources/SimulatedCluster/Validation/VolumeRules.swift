import KubernetesModel

/// The volumes of a pod.
enum VolumeRules {
    /// - Returns: the volumes whose names are good, by name.
    static func validate(_ volumes: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) -> [String: JSONObject] {
        var byName: [String: JSONObject] = [:]
        for (index, volume) in volumes.enumerated() {
            let path = path[index]
            let name = volume.string("name")
            var problems: [FieldError] = []
            source(of: volume, at: path, &problems)
            if name.isEmpty {
                problems.required(path["name"])
            } else {
                problems.invalid(path["name"], .string(name), NameRules.label(name))
            }
            if byName[name] != nil { problems.append(.duplicate(path["name"], .string(name))) }
            // A volume that is broken in itself is there all the same: a mount of it is not a second error.
            byName[name] = volume
            errors += problems
        }
        return byName
    }

    private static func source(of volume: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let sources = volume.keys.filter { $0 != "name" && volume.present($0) != nil }
        for extra in sources.dropFirst() { errors.forbidden(path[extra], "may not specify more than 1 volume type") }
        guard let kind = sources.first else { return errors.required(path, "must specify a volume type") }
        let source = volume.object(kind) ?? [:]
        let path = path[kind]
        switch kind {
        case "hostPath": errors.checkRequired(source, "path", at: path)
        case "secret":
            errors.checkRequired(source, "secretName", at: path)
            items(source, at: path, &errors)
        case "configMap":
            errors.checkRequired(source, "name", at: path)
            items(source, at: path, &errors)
        case "persistentVolumeClaim": errors.checkRequired(source, "claimName", at: path)
        case "emptyDir":
            if let limit = Quantity(source["sizeLimit"]), limit.isNegative {
                errors.forbidden(path["sizeLimit"], "SizeLimit field must be a valid resource quantity")
            }
        case "nfs":
            errors.checkRequired(source, "server", at: path)
            errors.checkRequired(source, "path", at: path)
        case "csi": errors.checkRequired(source, "driver", at: path)
        case "ephemeral":
            if source.object("volumeClaimTemplate") == nil { return errors.required(path["volumeClaimTemplate"]) }
            let claim = source.object("volumeClaimTemplate")?.object("spec") ?? [:]
            StorageRules.claim(claim, at: path["volumeClaimTemplate"]["spec"], &errors)
        case "projected":
            for (index, part) in source.objects("sources").enumerated() {
                projection(part, at: path["sources"][index], &errors)
            }
        default: break
        }
        mode(source, "defaultMode", at: path, &errors)
    }

    private static func projection(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["secret", "configMap"] {
            guard let part = source.object(key) else { continue }
            errors.checkRequired(part, "name", at: path[key])
            items(part, at: path[key], &errors)
        }
        if let token = source.object("serviceAccountToken") {
            let path = path["serviceAccountToken"]
            if let seconds = token.int("expirationSeconds"), seconds < 600 {
                errors.invalid(path["expirationSeconds"], JSONValue(seconds), "may not specify a duration less than 10 minutes")
            }
            errors.checkRequired(token, "path", at: path)
        }
    }

    private static func items(_ source: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, item) in source.objects("items").enumerated() {
            let path = path["items"][index]
            errors.checkRequired(item, "key", at: path)
            if item.string("path").isEmpty { errors.required(path["path"]) } else { validate(relative: item, "path", at: path, &errors) }
            mode(item, "mode", at: path, &errors)
        }
    }

    private static func mode(_ source: JSONObject, _ key: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let mode = source.int(key), !(0...0o777).contains(mode) else { return }
        errors.invalid(path[key], JSONValue(mode), "must be a number between 0 and 0777 (octal), both inclusive")
    }

    /// A path inside a volume must not leave it.
    static func validate(relative json: JSONObject, _ key: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let text = json.string(key)
        if text.hasPrefix("/") { errors.invalid(path[key], .string(text), "must be a relative path") }
        if text.split(separator: "/").contains("..") { errors.invalid(path[key], .string(text), "must not contain '..'") }
    }
}
