import KubernetesModel

extension KindRules {
    static let access: [String: KindRules] = [
        "ClusterRole": KindRules(
            defaults: { $0.setDefault("rules", .null) }, validate: { AccessControlRules.role($0.new, isNamespaced: false, &$1) },
            names: Names.pathSegment
        ),
        "ClusterRoleBinding": KindRules(
            defaults: Defaults.binding, validate: { AccessControlRules.binding($0, kinds: ["ClusterRole"], &$1) }, names: Names.pathSegment
        ),
        "Role": KindRules(
            defaults: { $0.setDefault("rules", .null) }, validate: { AccessControlRules.role($0.new, isNamespaced: true, &$1) },
            names: Names.pathSegment
        ),
        "RoleBinding": KindRules(
            defaults: Defaults.binding, validate: { AccessControlRules.binding($0, kinds: ["Role", "ClusterRole"], &$1) },
            names: Names.pathSegment
        ),
    ]

    static let authentication: [String: KindRules] = [
        "TokenRequest": KindRules(defaults: { $0.modifyOrCreate("spec") { $0.setDefault("expirationSeconds", 3600) } })
    ]

    static let certificates: [String: KindRules] = [
        "CertificateSigningRequest": KindRules(
            validate: CertificateRules.request, validateStatus: CertificateRules.status, status: .server([:]), names: Names.pathSegment,
            selectableFields: ["spec.signerName"]
        )
    ]

    static let flowControl: [String: KindRules] = [
        "FlowSchema": KindRules(
            defaults: { $0.modifyOrCreate("spec") { $0.setDefault("matchingPrecedence", 1000) } }, validate: FlowControlRules.flow,
            status: .server([:]), countsGenerations: true
        ),
        "PriorityLevelConfiguration": KindRules(
            defaults: { $0.modifyOrCreate("spec", Defaults.priorityLevel) }, validate: FlowControlRules.level, status: .server([:]),
            countsGenerations: true
        ),
    ]
}
