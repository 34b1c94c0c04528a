import KubernetesModel

/// Definitions of custom resources.
enum RegistrationRules {
    static func definition(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (spec, names) = (change.spec, change.spec.object("names") ?? [:])
        let metadata = change.new.object("metadata") ?? [:]
        if change.old == nil, metadata.string("name") != "\(names.string("plural")).\(spec.string("group"))" {
            errors.invalid(.metadata["name"], .string(metadata.string("name")), "must be spec.names.plural+\".\"+spec.group")
        }
        group(spec, &errors)
        errors.checkChoice(spec, "scope", ["Cluster", "Namespaced"], at: .spec, isRequired: true)
        let versions = spec.objects("versions")
        DefinedVersionRules(versions: versions).validate(&errors)
        for key in ["plural", "singular", "kind", "listKind"] { errors.checkRequired(names, key, at: .spec["names"]) }
        self.names(names, at: .spec["names"], &errors)
        DefinedVersionRules(versions: versions).validateShared(&errors)
        if let conversion = spec.object("conversion") { self.conversion(conversion, at: .spec["conversion"], &errors) }
        if let old = change.old { update(change, old, &errors) }
        approval(spec.string("group"), metadata.object("annotations") ?? [:], isNew: change.old == nil, &errors)
        if spec.bool("preserveUnknownFields"), change.oldSpec?.bool("preserveUnknownFields") != true {
            errors.invalid(
                .spec["preserveUnknownFields"], true,
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"
            )
        }
    }

    private static func group(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let (group, path) = (spec.string("group"), FieldPath.spec["group"])
        let problems = NameRules.subdomain(group)
        if group.isEmpty {
            errors.required(path)
        } else if !problems.isEmpty {
            errors.invalid(path, .string(group), problems.joined(separator: ","))
        } else if !group.contains(".") {
            errors.invalid(path, .string(group), "should be a domain with at least one dot")
        }
    }

    private static func names(_ names: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        func check(_ name: String, _ path: FieldPath, isMixed: Bool = false) {
            let problems = Names.label1035(isMixed ? name.lowercased() : name)
            guard !name.isEmpty, !problems.isEmpty else { return }
            let words = isMixed ? "may have mixed case, but should otherwise match: " : ""
            errors.invalid(path, .string(name), words + problems.joined(separator: ","))
        }
        for key in ["plural", "singular"] { check(names.string(key), path[key]) }
        for key in ["kind", "listKind"] { check(names.string(key), path[key], isMixed: true) }
        for (index, name) in names.strings("shortNames").enumerated() { check(name, path["shortNames"][index]) }
        if !names.string("kind").isEmpty, names.string("kind") == names.string("listKind") {
            errors.invalid(path["listKind"], names["listKind"], "kind and listKind may not be the same")
        }
        for (index, name) in names.strings("categories").enumerated() { check(name, path["categories"][index]) }
    }

    private static func conversion(_ conversion: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkChoice(conversion, "strategy", ["None", "Webhook"], at: path, isRequired: true)
        let hook = conversion.object("webhook") ?? [:]
        let (client, versions) = (hook.object("clientConfig"), hook.strings("conversionReviewVersions"))
        // The paths are those of the form in which servers keep definitions.
        let (clientPath, versionsPath) = (path["webhookClientConfig"], path["conversionReviewVersions"])
        guard conversion.string("strategy") == "Webhook" else {
            let detail = "should not be set when strategy is not set to Webhook"
            if client != nil { errors.forbidden(clientPath, detail) }
            if !versions.isEmpty { errors.forbidden(versionsPath, detail) }
            return
        }
        if let client {
            WebhookClientRules.validate(client, at: clientPath, &errors)
        } else {
            errors.required(clientPath, "required when strategy is set to Webhook")
        }
        ReviewVersions.validate(versions, missing: "", at: versionsPath, &errors)
    }

    private static func update(_ change: ObjectChange, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (spec, before) = (change.spec, change.oldSpec ?? [:])
        let (names, former) = (spec.object("names") ?? [:], before.object("names") ?? [:])
        let conditions = old.object("status")?.objects("conditions") ?? []
        if conditions.contains(where: { $0.string("type") == "Established" && $0.string("status") == "True" }) {
            errors.checkUnchanged(spec, before, "scope", at: .spec)
            errors.checkUnchanged(names, former, "kind", at: .spec["names"])
        }
        errors.checkUnchanged(spec, before, "group", at: .spec)
        errors.checkUnchanged(names, former, "plural", at: .spec["names"])
        storedVersions(spec, old.object("status")?.strings("storedVersions") ?? [], &errors)
    }

    /// A version in which objects may still be stored has to stay.
    private static func storedVersions(_ spec: JSONObject, _ stored: [String], _ errors: inout [FieldError]) {
        let names = Set(spec.objects("versions").map { $0.string("name") })
        for (index, name) in stored.enumerated() where !names.contains(name) {
            errors.invalid(
                .status["storedVersions"][index], .string(name),
                "missing from spec.versions; \(name) was previously a storage version, and must remain in spec.versions until a storage "
                    + "migration ensures no data remains persisted in \(name) and removes \(name) from status.storedVersions"
            )
        }
    }

    /// Kubernetes's own domains are for what Kubernetes has agreed to.
    private static func approval(_ group: String, _ annotations: JSONObject, isNew: Bool, _ errors: inout [FieldError]) {
        guard isNew, group.hasSuffix(".k8s.io") || group.hasSuffix(".kubernetes.io") else { return }
        let key = "api-approved.kubernetes.io"
        let (path, link) = (FieldPath.metadata["annotations"].key(key), "see https://github.com/kubernetes/enhancements/pull/1111")
        let words = "protected groups must have approval annotation \"\(key)\""
        guard let value = annotations[key]?.stringValue, !value.isEmpty else { return errors.required(path, "\(words), \(link)") }
        guard !value.hasPrefix("unapproved"), !value.contains("://") else { return }
        errors.invalid(path, .string(value), "\(words) with either a URL or a reason starting with \"unapproved\", \(link)")
    }
}
