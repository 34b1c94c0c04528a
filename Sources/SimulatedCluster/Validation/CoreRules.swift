import KubernetesModel

/// Configuration, namespaces, limits and endpoints.
enum CoreRules {
    static func configMap(_ change: ObjectChange, _ errors: inout [FieldError]) {
        frozen(change, fields: ["data", "binaryData"], &errors)
        configMap(change.new, &errors)
    }

    static func secret(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if let old = change.old, old.string("type") != change.new.string("type") {
            errors.invalid(FieldPath("type"), change.new["type"] ?? "", "field is immutable")
        }
        frozen(change, fields: ["data"], &errors)
        secret(change.new, &errors)
    }

    static func namespace(_ change: ObjectChange, _ errors: inout [FieldError]) {
        guard change.old == nil || change.subresource == "finalize" else { return }
        for (index, name) in change.spec.strings("finalizers").enumerated() {
            let path = FieldPath.spec["finalizers"]
            MetadataRules.finalizer(name, at: change.old == nil ? path : path[index], &errors)
        }
    }

    private static let maximumBytes = 1024 * 1024

    private static func configMap(_ json: JSONObject, _ errors: inout [FieldError]) {
        let (data, binary) = (json.object("data") ?? [:], json.object("binaryData") ?? [:])
        for key in data.keys.sorted() {
            let path = FieldPath("data").key(key)
            errors.invalid(path, .string(key), Names.configKey(key))
            if binary[key] != nil { errors.invalid(path, .string(key), "duplicate of key present in binaryData") }
        }
        for key in binary.keys.sorted() {
            errors.invalid(FieldPath("binaryData").key(key), .string(key), Names.configKey(key))
        }
        let plain = data.values.reduce(0) { $0 + ($1.stringValue?.utf8.count ?? 0) }
        if plain + decodedSize(binary) > maximumBytes { errors.append(.tooLong(.root, maximumBytes: maximumBytes)) }
    }

    /// How many bytes the values stand for.
    private static func decodedSize(_ values: JSONObject) -> Int {
        values.values.reduce(0) { $0 + (Base64.decode($1.stringValue ?? "")?.count ?? 0) }
    }

    private static func frozen(_ change: ObjectChange, fields: [String], _ errors: inout [FieldError]) {
        guard let old = change.old, old.bool("immutable") else { return }
        if !change.new.bool("immutable") {
            errors.forbidden(FieldPath("immutable"), "field is immutable when `immutable` is set")
        }
        for field in fields where change.new.object(field) ?? [:] != old.object(field) ?? [:] {
            errors.forbidden(FieldPath(field), "field is immutable when `immutable` is set")
        }
    }

    /// The keys that secrets of a type must have.
    private static let requiredKeys = [
        "kubernetes.io/dockercfg": [".dockercfg"], "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
        "kubernetes.io/ssh-auth": ["ssh-privatekey"], "kubernetes.io/tls": ["tls.crt", "tls.key"],
    ]

    private static func secret(_ secret: JSONObject, _ errors: inout [FieldError]) {
        let (data, path) = (secret.object("data") ?? [:], FieldPath("data"))
        for key in data.keys.sorted() { errors.invalid(path.key(key), .string(key), Names.configKey(key)) }
        if decodedSize(data) > maximumBytes { errors.append(.tooLong(path, maximumBytes: maximumBytes)) }
        let type = secret.string("type")
        let accountKey = "kubernetes.io/service-account.name"
        let annotations = secret.object("metadata")?.object("annotations") ?? [:]
        if type == "kubernetes.io/service-account-token", annotations.string(accountKey).isEmpty {
            errors.required(FieldPath.metadata["annotations"].key(accountKey))
        }
        if type == "kubernetes.io/basic-auth", data["username"] == nil, data["password"] == nil {
            for key in ["username", "password"] { errors.required(path.key(key)) }
        }
        for key in requiredKeys[type] ?? [] {
            guard let value = data[key], type != "kubernetes.io/ssh-auth" || value != "" else {
                errors.required(path.key(key))
                continue
            }
            if type.hasPrefix("kubernetes.io/docker") { registryAccess(value, at: path.key(key), &errors) }
        }
    }

    /// What registries are told is itself a document.
    private static func registryAccess(_ value: JSONValue, at path: FieldPath, _ errors: inout [FieldError]) {
        let bytes = Base64.decode(value.stringValue ?? "") ?? []
        do {
            guard try JSONParser.parse(bytes).objectValue == nil else { return }
            let detail = "json: cannot unmarshal value into Go value of type map[string]interface {}"
            errors.invalid(path, "<secret contents redacted>", detail)
        } catch let error as JSONError {
            errors.invalid(path, "<secret contents redacted>", GoJSONMessage.text(error, in: bytes))
        } catch {}
    }
}
