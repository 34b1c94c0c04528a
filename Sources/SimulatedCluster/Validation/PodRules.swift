import KubernetesModel

/// Pods and pod templates, in the order of `ValidatePodSpec`.
enum PodRules {
    static func podTemplate(_ change: ObjectChange, _ errors: inout [FieldError]) {
        template(change.new.object("template") ?? [:], at: FieldPath("template"), &errors)
    }

    static func pod(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (json, spec) = (change.new, change.spec)
        let metadata = json.object("metadata") ?? [:]
        PodAnnotationRules.validate(metadata, spec, at: .metadata["annotations"], &errors)
        validate(spec, podName: metadata.string("name"), isPod: true, at: .spec, &errors)
        for list in ["containers", "initContainers"] {
            for (index, container) in spec.objects(list).enumerated() {
                ContainerImage.checkPadding(container, at: .spec[list][index], &errors)
            }
        }
        if let old = change.old { PodUpdateRules.validate(change, old, &errors) } else { creation(spec, &errors) }
    }

    static func template(_ template: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        templateMetadata(template, at: path, &errors)
        let spec = template.object("spec") ?? [:]
        PodAnnotationRules.validate(template.object("metadata") ?? [:], spec, at: path["annotations"], &errors)
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

    /// - Parameter podName: of a pod; empty in templates.
    private static func validate(
        _ spec: JSONObject, podName: String = "", isPod: Bool = false, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        if spec.int("terminationGracePeriodSeconds") == nil { errors.required(path["terminationGracePeriodSeconds"]) }
        let volumes = VolumeRules(podName: podName).validate(spec.objects("volumes"), at: path["volumes"], &errors)
        resourceClaims(spec.objects("resourceClaims"), at: path["resourceClaims"], &errors)
        ContainerRules(volumes: volumes, spec: spec, path: path).validate(&errors)
        PodResourceRules.validate(spec, at: path["resources"], &errors)
        if spec.bool("hostNetwork") { hostPorts(spec, isPod: isPod, at: path["containers"], &errors) }
        errors.checkChoice(spec, "restartPolicy", ["Always", "OnFailure", "Never"], at: path, isRequired: true)
        errors.checkChoice(
            spec, "dnsPolicy", ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], at: path, isRequired: true
        )
        MetadataRules.labels(spec.object("nodeSelector") ?? [:], at: path["nodeSelector"], &errors)
        SecurityContextRules.pod(spec, at: path["securityContext"], &errors)
        AffinityRules.validate(spec.object("affinity") ?? [:], at: path["affinity"], &errors)
        ResolverRules.validate(spec, at: path["dnsConfig"], &errors)
        gates(spec, at: path, &errors)
        SpreadRules.validate(spec.objects("topologySpreadConstraints"), at: path["topologySpreadConstraints"], &errors)
        if spec.present("hostUsers") == false { hostUsers(spec, at: path, &errors) }
        errors.checkText(spec, "serviceAccountName", NameRules.subdomain, at: path)
        errors.checkText(spec, "nodeName", NameRules.subdomain, at: path)
        errors.checkRange(spec, "activeDeadlineSeconds", 1...2_147_483_647, at: path)
        errors.checkText(spec, "hostname", NameRules.label, at: path)
        errors.checkText(spec, "subdomain", NameRules.label, at: path)
        TolerationRules.validate(spec.objects("tolerations"), at: path["tolerations"], &errors)
        hostAliases(spec.objects("hostAliases"), at: path["hostAliases"], &errors)
        errors.checkText(spec, "priorityClassName", NameRules.subdomain, at: path)
        if let name = spec["runtimeClassName"]?.stringValue {
            errors.invalid(path["runtimeClassName"], .string(name), NameRules.subdomain(name))
        }
        errors.checkChoice(spec, "preemptionPolicy", ["PreemptLowerPriority", "Never"], at: path)
        if let overhead = spec["overhead"], overhead.objectValue != nil {
            ResourceRules().validate(["limits": overhead], at: path["overhead"], &errors)
        }
        WindowsRules.system(of: spec, at: path, &errors)
    }

    /// What only an update may bring.
    private static func creation(_ spec: JSONObject, _ errors: inout [FieldError]) {
        if !spec.objects("ephemeralContainers").isEmpty { errors.forbidden(.spec["ephemeralContainers"], "cannot be set on create") }
        if !spec.string("nodeName").isEmpty, !spec.objects("schedulingGates").isEmpty {
            errors.forbidden(.spec["nodeName"], "cannot be set until all schedulingGates have been cleared")
        }
    }

    private static func resourceClaims(_ claims: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        let keys = ["resourceClaimName", "resourceClaimTemplateName"]
        for (index, claim) in claims.enumerated() {
            let (name, path) = (claim.string("name"), path[index])
            if name.isEmpty {
                errors.required(path["name"])
            } else if !names.insert(name).inserted {
                errors.append(.duplicate(path["name"], .string(name)))
            } else {
                errors.invalid(path["name"], .string(name), NameRules.label(name))
            }
            switch keys.filter({ claim.present($0) != nil }).count {
            case 0: errors.invalid(path, .object(claim), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`")
            case 1: break
            default:
                errors.invalid(path, .object(claim), "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified")
            }
            for key in keys {
                guard let name = claim[key]?.stringValue else { continue }
                errors.invalid(path[key], .string(name), NameRules.subdomain(name))
            }
        }
    }

    /// A container in its node's network has the same ports there. Templates may leave that to their pods.
    private static func hostPorts(_ spec: JSONObject, isPod: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, container) in spec.objects("containers").enumerated() {
            for (position, port) in container.objects("ports").enumerated() {
                let host = port.int("hostPort") ?? 0
                guard isPod || host != 0, host != port.int("containerPort") ?? 0 else { continue }
                errors.invalid(
                    path[index]["ports"][position]["hostPort"], JSONValue(host), "must match `containerPort` when `hostNetwork` is true"
                )
            }
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
            errors.checkUnique(name, &seen, at: path)
        }
    }

    /// Users of its own a pod can have only where it shares nothing else with its node.
    private static func hostUsers(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (key, name) in [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")] where spec.bool(key) {
            errors.forbidden(path[name], "when `pod.Spec.HostUsers` is false")
        }
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
