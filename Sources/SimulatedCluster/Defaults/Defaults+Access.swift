import KubernetesModel

extension Defaults {
    static func binding(_ json: inout JSONObject) {
        json.modify("roleRef") { $0.setDefaultText("apiGroup", RoleCatalog.group) }
        json.modifyEach("subjects") { subject in
            switch subject.string("kind") {
            case "User", "Group": subject.setDefaultText("apiGroup", RoleCatalog.group)
            default: break
            }
        }
    }
}
