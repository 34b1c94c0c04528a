import KubernetesModel

extension KindRules {
    static let admissionRegistration: [String: KindRules] = [
        "MutatingAdmissionPolicy": KindRules(
            validate: AdmissionPolicyRules.mutatingPolicy, countsGenerations: true, wantsQualifiedFinalizers: false),
        "MutatingAdmissionPolicyBinding": KindRules(
            defaults: Defaults.policyBinding, validate: { AdmissionPolicyRules.binding($0.spec, &$1) }, countsGenerations: true,
            wantsQualifiedFinalizers: false),
        "MutatingWebhookConfiguration": KindRules(
            defaults: Defaults.mutatingWebhooks, validate: { WebhookRules.webhooks($0.new, isMutating: true, &$1) },
            countsGenerations: true, wantsQualifiedFinalizers: false
        ),
        "ValidatingAdmissionPolicy": KindRules(
            defaults: Defaults.validatingPolicy, validate: AdmissionPolicyRules.validatingPolicy, status: .server([:]),
            countsGenerations: true, wantsQualifiedFinalizers: false
        ),
        "ValidatingAdmissionPolicyBinding": KindRules(
            defaults: Defaults.policyBinding, validate: AdmissionPolicyRules.validatingBinding, countsGenerations: true,
            wantsQualifiedFinalizers: false),
        "ValidatingWebhookConfiguration": KindRules(
            defaults: { $0.modifyEach("webhooks", Defaults.webhook) }, validate: { WebhookRules.webhooks($0.new, isMutating: false, &$1) },
            countsGenerations: true, wantsQualifiedFinalizers: false
        ),
    ]

    static let customResources: [String: KindRules] = [
        "CustomResourceDefinition": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.customResourceDefinition) }, validate: RegistrationRules.definition,
            prepare: Preparation.definition,
            status: .server(["conditions": .null, "acceptedNames": ["plural": "", "kind": ""], "storedVersions": .null]),
            countsGenerations: true, wantsQualifiedFinalizers: false
        )
    ]

    static let aggregation: [String: KindRules] = [
        "APIService": KindRules(
            defaults: Defaults.apiService, validate: AggregationRules.apiService, status: .server([:]), names: Names.pathSegment,
            wantsQualifiedFinalizers: false)
    ]
}
