import KubernetesModel

/// How a pod looks names up, where it says so itself.
enum ResolverRules {
    static func validate(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let config = spec.object("dnsConfig")
        if spec.string("dnsPolicy") == "None" {
            if config == nil { return errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None") }
            if config?.strings("nameservers").isEmpty ?? true {
                return errors.required(path["nameservers"], "must provide at least one DNS nameserver when `dnsPolicy` is None")
            }
        }
        guard let config else { return }
        servers(config.strings("nameservers"), at: path["nameservers"], &errors)
        searches(config.strings("searches"), at: path["searches"], &errors)
        for (index, option) in config.objects("options").enumerated() where option.string("name").isEmpty {
            errors.required(path["options"][index], "must not be empty")
        }
    }

    private static func servers(_ servers: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        if servers.count > 3 { errors.invalid(path, JSONValue(servers), "must not have more than 3 nameservers") }
        for (index, server) in servers.enumerated() where !AddressRules.isIP(server) {
            errors.invalid(path[index], .string(server), AddressRules.message)
        }
    }

    private static func searches(_ searches: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        if searches.count > 32 { errors.invalid(path, JSONValue(searches), "must not have more than 32 search paths") }
        if searches.joined(separator: " ").utf8.count > 2048 {
            errors.invalid(path, JSONValue(searches), "must not have more than 2048 characters (including spaces) in the search list")
        }
        for (index, search) in searches.enumerated() where search != "." {
            let name = search.hasSuffix(".") ? String(search.dropLast()) : search
            // Underscores are allowed here, unlike in names of objects.
            guard !NameRules.subdomain(name.replacing("_", with: "a")).isEmpty else { continue }
            errors.invalid(path[index], .string(name), searchMessage)
        }
    }

    private static let searchMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' or '.', and must start and end with "
        + "an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')"
}
