import KubernetesModel

/// Leases, ingress classes and the like: kinds with a rule or two.
enum ClusterRules {
    static func lease(_ spec: JSONObject, _ errors: inout [FieldError]) {
        if let seconds = spec.int("leaseDurationSeconds"), seconds <= 0 {
            errors.invalid(.spec["leaseDurationSeconds"], JSONValue(seconds), "must be greater than 0")
        }
        errors.checkNonnegative(spec, "leaseTransitions", at: .spec)
        if !spec.string("preferredHolder").isEmpty, spec.string("strategy").isEmpty {
            errors.forbidden(.spec["preferredHolder"], "may only be specified when `strategy` is defined")
        }
    }

    static func ingressClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        let controller = spec.string("controller")
        if let old = change.oldSpec { errors.checkUnchanged(spec, old, "controller", at: .spec) }
        if controller.isEmpty {
            errors.required(.spec["controller"])
        } else if !controller.contains("/") {
            errors.invalid(.spec["controller"], .string(controller), "must be a domain-prefixed path (such as \"acme.io/foo\")")
        }
        guard let parameters = spec.object("parameters") else { return }
        let path = FieldPath.spec["parameters"]
        for key in ["kind", "name"] { errors.checkRequired(parameters, key, at: path) }
        errors.checkChoice(parameters, "scope", ["Cluster", "Namespace"], at: path, isRequired: true)
        let isNamespaced = parameters.string("scope") == "Namespace"
        if isNamespaced, parameters.string("namespace").isEmpty {
            errors.required(path["namespace"], "`parameters.scope` is set to 'Namespace'")
        } else if !isNamespaced, !parameters.string("namespace").isEmpty {
            errors.forbidden(path["namespace"], "`parameters.scope` is set to 'Cluster'")
        }
    }

    static func runtimeClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (json, handler) = (change.new, change.new.string("handler"))
        if let old = change.old { return errors.checkUnchanged(json, old, "handler", at: .root) }
        errors.invalid(FieldPath("handler"), .string(handler), NameRules.label(handler))
        if let fixed = json.object("overhead")?["podFixed"] {
            ResourceRules().validate(["limits": fixed], at: FieldPath("overhead"), &errors)
        }
        guard let scheduling = json.object("scheduling") else { return }
        let path = FieldPath("scheduling")
        MetadataRules.labels(scheduling.object("nodeSelector") ?? [:], at: path["nodeSelector"], &errors)
        let tolerations = scheduling.objects("tolerations")
        TolerationRules.validate(tolerations, at: path["tolerations"], &errors)
        var seen: Set<JSONObject> = []
        for (index, toleration) in tolerations.enumerated() {
            let identity = toleration.filter { key, value in key != "tolerationSeconds" && value != .null }
            if !seen.insert(identity).inserted { errors.append(.duplicate(path["tolerations"][index], .object(toleration))) }
        }
    }

    static func controllerRevision(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if change.new.present("data") == nil { errors.required(FieldPath("data"), "data is mandatory") }
        errors.checkNonnegative(change.new, "revision", at: .root)
        if let old = change.old { errors.checkUnchanged(change.new, old, "data", at: .root) }
    }
}
