/// Who makes a request.
package struct UserInfo: Sendable, Hashable {
    package var name: String
    package var uid: String
    package var groups: [String]
    package var extra: [String: [String]]

    package init(name: String, uid: String = "", groups: [String] = [], extra: [String: [String]] = [:]) {
        self.name = name
        self.uid = uid
        self.groups = groups
        self.extra = extra
    }

    package static let anonymous = UserInfo(name: "system:anonymous", groups: ["system:unauthenticated"])

    /// A part of the control plane, such as `system:kube-scheduler`, or `system:node:NAME` with the group of nodes.
    package static func system(_ name: String, groups: [String] = []) -> UserInfo {
        UserInfo(name: name, groups: groups + ["system:authenticated"])
    }
}
