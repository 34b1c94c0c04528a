import KubernetesModel

extension Defaults {
    private static let group = "rbac.authorization.k8s.io"

    static let accessRules: [GroupKind: Rule] = [
        GroupKind(group: group, "Role"): { $0.setDefault("rules", .null) },
        GroupKind(group: group, "ClusterRole"): { $0.setDefault("rules", .null) },
        GroupKind(group: group, "RoleBinding"): { binding(&$0) },
        GroupKind(group: group, "ClusterRoleBinding"): { binding(&$0) },
        GroupKind(group: "authentication.k8s.io", "TokenRequest"): { json in
            json.modifyOrCreate("spec") { $0.setDefault("expirationSeconds", 3600) }
        },
    ]

    private static func binding(_ json: inout JSONObject) {
        json.modify("roleRef") { $0.setDefaultText("apiGroup", group) }
        json.modifyEach("subjects") { subject in
            switch subject.string("kind") {
            case "User", "Group": subject.setDefaultText("apiGroup", group)
            default: break
            }
        }
    }
}
