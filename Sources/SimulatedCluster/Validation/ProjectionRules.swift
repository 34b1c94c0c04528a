import KubernetesModel

/// Volumes whose files are written from what the cluster knows: a pod's own fields, and several sources in one.
enum ProjectionRules {
    static func validate(_ source: JSONObject, _ kind: String, at path: FieldPath, _ errors: inout [FieldError]) {
        VolumeSourceRules.mode(source, "defaultMode", at: path, &errors)
        guard kind == "projected" else {
            for item in source.objects("items") { downward(item, at: path, &errors) }
            return
        }
        var taken: Set<String> = []
        for (index, part) in source.objects("sources").enumerated() {
            projection(part, at: path["sources"][index], in: path, &taken, &errors)
        }
    }

    private static let kinds = ["secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"]

    /// - Parameter volume: the path of the volume, at which conflicts of the paths of files are told.
    private static func projection(
        _ source: JSONObject, at path: FieldPath, in volume: FieldPath, _ taken: inout Set<String>, _ errors: inout [FieldError]
    ) {
        let kinds = kinds.filter { source.object($0) != nil }
        for kind in kinds {
            let (part, path) = (source.object(kind) ?? [:], path[kind])
            switch kind {
            case "secret", "configMap":
                errors.checkRequired(part, "name", at: path)
                for (index, item) in part.objects("items").enumerated() {
                    VolumeSourceRules.keyToPath(item, at: path["items"][index], &errors)
                    claim(item.string("path"), for: part.string("name"), at: volume, &taken, &errors)
                }
            case "downwardAPI":
                for item in part.objects("items") {
                    downward(item, at: path, &errors)
                    claim(item.string("path"), for: item.string("path"), at: volume, &taken, &errors)
                }
            case "serviceAccountToken": token(part, at: path, in: volume, &errors)
            case "clusterTrustBundle":
                bundle(part, at: path, &errors)
                claim(part.string("path"), for: part.string("path"), at: volume, &taken, &errors)
            default: break
            }
        }
        if kinds.count > 1 { errors.forbidden(path, "may not specify more than 1 volume type per source") }
    }

    private static func claim(
        _ file: String, for value: String, at path: FieldPath, _ taken: inout Set<String>, _ errors: inout [FieldError]
    ) {
        guard !file.isEmpty, !taken.insert(file).inserted else { return }
        errors.invalid(path, .string(value), "conflicting duplicate paths")
    }

    private static func token(_ token: JSONObject, at path: FieldPath, in volume: FieldPath, _ errors: inout [FieldError]) {
        TokenLifetime.check(token, at: path, &errors)
        let file = token.string("path")
        if file.isEmpty { errors.required(volume["path"]) } else { VolumeSourceRules.unreserved(file, at: volume["path"], &errors) }
    }

    private static func bundle(_ bundle: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        switch (bundle.present("name"), bundle.present("signerName")) {
        case (_?, _?): errors.invalid(path, .object(bundle), "only one of name and signerName may be used")
        case (_?, nil):
            errors.checkRequired(bundle, "name", at: path, "must be a valid object name")
            if let selector = bundle.present("labelSelector") {
                errors.invalid(path["labelSelector"], selector, "labelSelector must be unset if name is specified")
            }
        case (nil, _?):
            errors.checkRequired(bundle, "signerName", at: path, "must be a valid signer name")
            SignerNames.validate(bundle, at: path, &errors)
            if let selector = bundle.object("labelSelector") { SelectorRules.validate(selector, at: path["labelSelector"], &errors) }
        case (nil, nil): errors.required(path, "either name or signerName must be specified")
        }
        errors.checkRequired(bundle, "path", at: path)
        VolumeSourceRules.unreserved(bundle.string("path"), at: path["path"], &errors)
    }

    private static let fields: Set = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"]

    private static func downward(_ item: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkRequired(item, "path", at: path)
        VolumeSourceRules.unreserved(item.string("path"), at: path["path"], &errors)
        switch (item.object("fieldRef"), item.object("resourceFieldRef")) {
        case (let field?, let resource):
            DownwardFields.field(field, allowed: fields, at: path["fieldRef"], &errors)
            if resource != nil { errors.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously") }
        case (nil, let resource?):
            DownwardFields.resource(resource, isInVolume: true, at: path["resourceFieldRef"], &errors)
        case (nil, nil): errors.required(path, "one of fieldRef and resourceFieldRef is required")
        }
        VolumeSourceRules.mode(item, "mode", at: path, &errors)
    }
}

/// How long a service account's token may live.
enum TokenLifetime {
    static func check(_ json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let seconds = json.int("expirationSeconds") else { return }
        let path = path["expirationSeconds"]
        if seconds < 600 { errors.invalid(path, JSONValue(seconds), "may not specify a duration less than 10 minutes") }
        if seconds > 1 << 32 { errors.invalid(path, JSONValue(seconds), "may not specify a duration larger than 2^32 seconds") }
    }
}
