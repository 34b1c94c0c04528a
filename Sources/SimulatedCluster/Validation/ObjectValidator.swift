import KubernetesModel

/// Judges objects as an API server does before it stores them: their metadata, then what their kind asks for, then what an
/// update may not change.
struct ObjectValidator: Validator {
    func validate(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [FieldError] {
        let kind = GroupKind(object)
        var errors: [FieldError] = []
        MetadataRules.validate(object, kind: kind, isNamespaced: context.resource.isNamespaced, &errors)
        if let old { MetadataRules.validateUpdate(object, old, &errors) }
        let change = ObjectChange(new: object.json, old: old?.json, subresource: context.subresource)
        let rule = context.subresource == "status" ? StatusRules.table[kind] : Self.table[kind]
        rule?(change, &errors)
        return errors
    }

    func warnings(about object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) -> [String] {
        ObjectWarnings.about(object, replacing: old, in: context)
    }

    typealias Rule = @Sendable (ObjectChange, inout [FieldError]) -> Void

    private static let table: [GroupKind: Rule] = {
        let groups = [
            PodRules.rules, ServiceRules.rules, WorkloadRules.rules, BatchRules.rules, CoreRules.rules, NodeRules.rules, QuotaRules.rules,
            ClaimRules.rules, PersistentVolumeRules.rules, StorageRules.rules, NetworkingRules.rules, EndpointSliceRules.rules,
            AccessControlRules.rules, PolicyRules.rules, RegistrationRules.rules, ClusterRules.rules, AutoscalerRules.rules,
            WebhookRules.rules, AdmissionPolicyRules.rules, CertificateRules.rules, FlowControlRules.rules,
        ]
        return groups.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }()
}

/// An object that is to be created, or to replace an old one.
struct ObjectChange {
    let new: JSONObject
    let old: JSONObject?
    var subresource: String?

    var spec: JSONObject { new.object("spec") ?? [:] }
    var status: JSONObject { new.object("status") ?? [:] }
    var oldSpec: JSONObject? { old.map { $0.object("spec") ?? [:] } }
}
