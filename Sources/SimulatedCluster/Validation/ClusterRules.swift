import KubernetesModel

/// Leases, events, ingress classes and the like: kinds with a rule or two.
enum ClusterRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "coordination.k8s.io", "Lease"): { change, errors in lease(change.spec, &errors) },
        GroupKind("Event"): { change, errors in event(change.new, &errors) },
        GroupKind(group: "events.k8s.io", "Event"): { change, errors in event(change.new, &errors) },
        GroupKind(group: "networking.k8s.io", "IngressClass"): { change, errors in ingressClass(change, &errors) },
        GroupKind(group: "node.k8s.io", "RuntimeClass"): { change, errors in runtimeClass(change, &errors) },
        GroupKind(group: "apps", "ControllerRevision"): { change, errors in controllerRevision(change, &errors) },
        GroupKind(group: "storage.k8s.io", "VolumeAttachment"): { change, errors in attachment(change, &errors) },
        GroupKind(group: "certificates.k8s.io", "CertificateSigningRequest"): { change, errors in signingRequest(change.spec, &errors) },
    ]

    private static func lease(_ spec: JSONObject, _ errors: inout [FieldError]) {
        if let seconds = spec.int("leaseDurationSeconds"), seconds <= 0 {
            errors.invalid(.spec["leaseDurationSeconds"], JSONValue(seconds), "must be greater than 0")
        }
        errors.checkNonnegative(spec, "leaseTransitions", at: .spec)
    }

    /// An event stands in the namespace of what it is about; in `default` when that has none.
    private static func event(_ event: JSONObject, _ errors: inout [FieldError]) {
        let namespace = event.object("metadata")?.string("namespace") ?? ""
        let key = event.object("regarding") == nil ? "involvedObject" : "regarding"
        let about = event.object(key)?.string("namespace") ?? ""
        let isPlaced = about.isEmpty ? ["", "default", "kube-system"].contains(namespace) : about == namespace
        if !isPlaced { errors.invalid(FieldPath("involvedObject")["namespace"], .string(about), "does not match event.namespace") }
    }

    private static func ingressClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
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

    private static func runtimeClass(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let handler = change.new.string("handler")
        errors.invalid(FieldPath("handler"), .string(handler), NameRules.label(handler))
        if let old = change.old { errors.checkUnchanged(change.new, old, "handler", at: .root) }
    }

    private static func controllerRevision(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if change.new.present("data") == nil { errors.required(FieldPath("data"), "data is mandatory") }
        errors.checkNonnegative(change.new, "revision", at: .root)
        if let old = change.old { errors.checkUnchanged(change.new, old, "data", at: .root) }
    }

    private static func attachment(_ change: ObjectChange, _ errors: inout [FieldError]) {
        for key in ["attacher", "nodeName"] { errors.checkRequired(change.spec, key, at: .spec) }
        let source = change.spec.object("source") ?? [:]
        if source.string("persistentVolumeName").isEmpty, source.object("inlineVolumeSpec") == nil {
            errors.required(.spec["source"], "must specify exactly one of inlineVolumeSpec and persistentVolumeName")
        }
        if let old = change.oldSpec, old != change.spec { errors.invalid(.spec, .object(change.spec), "field is immutable") }
    }

    private static func signingRequest(_ spec: JSONObject, _ errors: inout [FieldError]) {
        if spec.strings("usages").isEmpty { errors.required(.spec["usages"]) }
        if let seconds = spec.int("expirationSeconds"), seconds < 600 {
            errors.invalid(.spec["expirationSeconds"], JSONValue(seconds), "may not specify a duration less than 600 seconds (10 minutes)")
        }
        let request = Base64.decode(spec.string("request")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if !request.contains("BEGIN CERTIFICATE REQUEST") {
            errors.invalid(.spec["request"], spec["request"], "PEM block type must be CERTIFICATE REQUEST")
        }
        let name = spec.string("signerName")
        if name.isEmpty { return errors.required(.spec["signerName"]) }
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count < 2 || !parts[0].contains(".") {
            errors.invalid(.spec["signerName"], .string(name), "must be a fully qualified domain and path of the form 'example.com/signer-name'")
        }
    }
}
