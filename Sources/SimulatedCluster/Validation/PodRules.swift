import KubernetesModel

/// Pods and pod templates, in the order of `ValidatePodSpec`.
enum PodRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind("Pod"): { change, errors in
            validate(change.spec, at: .spec, &errors)
            if change.old == nil { creation(change.spec, &errors) }
            if let old = change.oldSpec { PodUpdateRules.validate(change, old, &errors) }
        },
        GroupKind("PodTemplate"): { change, errors in
            template(change.new.object("template") ?? [:], at: FieldPath("template"), &errors)
        },
    ]

    static func template(_ template: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        templateMetadata(template, at: path, &errors)
        let spec = template.object("spec") ?? [:]
        validate(spec, at: path["spec"], &errors)
        if !spec.objects("ephemeralContainers").isEmpty {
            errors.forbidden(path["spec"]["ephemeralContainers"], "ephemeral containers not allowed in pod template")
        }
    }

    /// Labels and annotations of a template.
    static func templateMetadata(_ template: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let metadata = template.object("metadata") ?? [:]
        MetadataRules.labels(metadata.object("labels") ?? [:], at: path["labels"], &errors)
        MetadataRules.annotations(metadata.object("annotations") ?? [:], at: path["annotations"], &errors)
    }

    static func validate(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let volumes = VolumeRules.validate(spec.objects("volumes"), at: path["volumes"], &errors)
        ContainerRules(volumes: volumes, spec: spec, path: path).validate(&errors)
        errors.checkChoice(spec, "restartPolicy", ["Always", "OnFailure", "Never"], at: path, isRequired: true)
        errors.checkChoice(
            spec, "dnsPolicy", ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], at: path, isRequired: true
        )
        MetadataRules.labels(spec.object("nodeSelector") ?? [:], at: path["nodeSelector"], &errors)
        security(spec.object("securityContext") ?? [:], spec, at: path["securityContext"], &errors)
        AffinityRules.validate(spec.object("affinity") ?? [:], at: path["affinity"], &errors)
        resolver(spec, at: path["dnsConfig"], &errors)
        SpreadRules.validate(spec.objects("topologySpreadConstraints"), at: path["topologySpreadConstraints"], &errors)
        names(spec, at: path, &errors)
        deadline(spec, at: path, &errors)
        TolerationRules.validate(spec.objects("tolerations"), at: path["tolerations"], &errors)
        hostAliases(spec.objects("hostAliases"), at: path["hostAliases"], &errors)
        for key in ["priorityClassName", "runtimeClassName"] where !spec.string(key).isEmpty {
            errors.invalid(path[key], spec[key], NameRules.subdomain(spec.string(key)))
        }
        errors.checkChoice(spec, "preemptionPolicy", ["Never", "PreemptLowerPriority"], at: path)
        gates(spec, at: path, &errors)
        if let system = spec.object("os") { errors.checkChoice(system, "name", ["linux", "windows"], at: path["os"], isRequired: true) }
    }

    /// What only an update may bring.
    private static func creation(_ spec: JSONObject, _ errors: inout [FieldError]) {
        if !spec.objects("ephemeralContainers").isEmpty { errors.forbidden(.spec["ephemeralContainers"], "cannot be set on create") }
        if !spec.string("nodeName").isEmpty, !spec.objects("schedulingGates").isEmpty {
            errors.forbidden(.spec["nodeName"], "cannot be set until all schedulingGates have been cleared")
        }
    }

    private static func gates(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, gate) in spec.objects("readinessGates").enumerated() {
            let type = gate.string("conditionType")
            errors.invalid(path["readinessGates"][index]["conditionType"], .string(type), NameRules.qualifiedName(type))
        }
        var seen: Set<String> = []
        for (index, gate) in spec.objects("schedulingGates").enumerated() {
            let (name, path) = (gate.string("name"), path["schedulingGates"][index])
            errors.invalid(path, .string(name), NameRules.qualifiedName(name))
            if !seen.insert(name).inserted { errors.append(.duplicate(path, .string(name))) }
        }
    }

    private static func security(
        _ context: JSONObject, _ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        if spec.bool("shareProcessNamespace"), spec.bool("hostPID") {
            errors.invalid(path["shareProcessNamespace"], true, "ShareProcessNamespace and HostPID cannot both be enabled")
        }
        for key in ["fsGroup", "runAsGroup", "runAsUser"] {
            if let id = context.int(key), !(0...2_147_483_647).contains(id) {
                errors.invalid(path[key], JSONValue(id), "must be between 0 and 2147483647, inclusive")
            }
        }
    }

    private static func resolver(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let config = spec.object("dnsConfig")
        if spec.string("dnsPolicy") == "None" {
            guard let config else {
                return errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None")
            }
            if config.strings("nameservers").isEmpty {
                errors.required(path["nameservers"], "must provide at least one DNS nameserver when `dnsPolicy` is None")
            }
        }
        guard let config else { return }
        let servers = config.strings("nameservers")
        if servers.count > 3 { errors.invalid(path["nameservers"], JSONValue(servers), "must not have more than 3 nameservers") }
        for (index, server) in servers.enumerated() where !AddressRules.isIP(server) {
            errors.invalid(path["nameservers"][index], .string(server), AddressRules.message)
        }
        let searches = config.strings("searches")
        if searches.count > 32 { errors.invalid(path["searches"], JSONValue(searches), "must not have more than 32 search paths") }
        for (index, search) in searches.enumerated() {
            let name = search.hasSuffix(".") ? String(search.dropLast()) : search
            // Underscores are allowed here, unlike in names of objects.
            guard !NameRules.subdomain(name.replacing("_", with: "a")).isEmpty, !name.isEmpty else { continue }
            errors.invalid(path["searches"][index], .string(search), Self.searchMessage)
        }
        for (index, option) in config.objects("options").enumerated() where option.string("name").isEmpty {
            errors.required(path["options"][index], "must not be empty")
        }
    }

    private static let searchMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-', '_' or '.', and must start and end with "
        + "an alphanumeric character (e.g. 'example.com', regex used for validation is "
        + "'_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')"

    private static func names(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (key, rule) in [
            ("serviceAccountName", NameRules.subdomain), ("nodeName", NameRules.subdomain), ("hostname", NameRules.label),
            ("subdomain", NameRules.label),
        ] where !spec.string(key).isEmpty {
            errors.invalid(path[key], spec[key], rule(spec.string(key)))
        }
    }

    private static func deadline(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let seconds = spec.int("activeDeadlineSeconds"), !(1...2_147_483_647).contains(seconds) {
            errors.invalid(path["activeDeadlineSeconds"], JSONValue(seconds), "must be between 1 and 2147483647, inclusive")
        }
        errors.checkNonnegative(spec, "terminationGracePeriodSeconds", at: path)
    }

    private static func hostAliases(_ aliases: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, alias) in aliases.enumerated() {
            if !AddressRules.isIP(alias.string("ip")) { errors.invalid(path[index]["ip"], alias["ip"] ?? "", AddressRules.message) }
            for (position, name) in alias.strings("hostnames").enumerated() {
                errors.invalid(path[index]["hostnames"][position], .string(name), NameRules.subdomain(name))
            }
        }
    }
}
