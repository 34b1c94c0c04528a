import KubernetesModel

/// Somebody to whom RBAC can give rights.
package struct AccessSubject: Sendable, Hashable, Comparable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case user = "User"
        case group = "Group"
        case serviceAccount = "ServiceAccount"
    }

    package let kind: Kind
    /// Of service accounts only.
    package let namespace: String?
    package let name: String

    package init(_ kind: Kind, namespace: String? = nil, name: String) {
        self.kind = kind
        self.namespace = kind == .serviceAccount ? namespace : nil
        self.name = name
    }

    /// A subject of a binding in `bindingNamespace`. A user called `system:serviceaccount:NS:NAME` is that service account.
    init?(_ json: JSONValue, bindingNamespace: String?) {
        guard let kind = json["kind"]?.stringValue.flatMap(Kind.init), let name = json["name"]?.stringValue else { return nil }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if kind == .user, parts.count == 4, name.hasPrefix("system:serviceaccount:") {
            self.init(.serviceAccount, namespace: String(parts[2]), name: String(parts[3]))
        } else {
            self.init(kind, namespace: json["namespace"]?.stringValue ?? bindingNamespace, name: name)
        }
    }

    /// `ServiceAccount shop/builder`.
    package var description: String {
        "\(kind.rawValue) \(namespace.map { $0 + "/" } ?? "")\(name)"
    }

    /// The groups that it is in without anybody saying so.
    package var impliedGroups: [String] {
        switch kind {
        case .user: name == "system:anonymous" ? ["system:unauthenticated"] : ["system:authenticated"]
        case .group: []
        case .serviceAccount:
            ["system:serviceaccounts", "system:serviceaccounts:\(namespace ?? "")", "system:authenticated"]
        }
    }

    package static func < (left: AccessSubject, right: AccessSubject) -> Bool {
        (left.kind.rawValue, left.namespace ?? "", left.name) < (right.kind.rawValue, right.namespace ?? "", right.name)
    }
}
