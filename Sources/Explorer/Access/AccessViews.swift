import KubernetesClient
import KubernetesModel
import KubernetesSemantics

/// Who may do what.
extension Shell {
    /// The rules of a Role or ClusterRole, or of the one that a binding refers to.
    func openRules(of target: ObjectTarget) {
        push(
            ListScreen("rules", heading: "Rules(\(target.text))", shell: self) { [session] in
                var role = try await session.client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
                if let reference = role["roleRef"] {
                    let isLocal = reference["kind"]?.stringValue == "Role"
                    role = try await session.client.get(
                        .access(isLocal ? "roles" : "clusterroles"), namespace: isLocal ? target.namespace : nil,
                        name: reference["name"]?.stringValue ?? ""
                    )
                }
                let rows = RuleMatrix.rows(AccessRule.all(of: role)).map { ListScreen.Row(cells: $0) }
                return ListScreen.Content(titles: RuleMatrix.titles, rows: rows, absence: "It allows nothing.")
            })
    }

    /// Everybody of a kind whom a binding names.
    func openSubjects(_ kind: AccessSubject.Kind) {
        let name = "\(kind.rawValue.lowercased())s"
        push(
            ListScreen(name, heading: "\(kind.rawValue)s", command: name, shell: self) { [session, unowned self] in
                let subjects = try await session.accessPolicy().subjects.filter { $0.key.kind == kind }.sorted { $0.key < $1.key }
                let rows = subjects.map { subject, bindings in
                    let cells = (subject.kind == .serviceAccount ? [subject.namespace ?? ""] : []) + [subject.name, String(bindings)]
                    return ListScreen.Row(cells: cells, open: { [unowned self] in openPolicy(of: subject) })
                }
                return ListScreen.Content(
                    titles: (kind == .serviceAccount ? ["NAMESPACE"] : []) + ["NAME", "BINDINGS"], rows: rows,
                    absence: "No binding names a \(kind.rawValue)."
                )
            })
    }

    /// What a subject may do, and through which binding.
    func openPolicy(of subject: AccessSubject) {
        push(
            ListScreen("policy", heading: "Policy(\(subject))", shell: self) { [session] in
                let grants = try await session.accessPolicy().grants(to: subject)
                let byOrigin = Dictionary(grouping: grants) { Origin(namespace: $0.namespace ?? "all", text: $0.origin) }
                let rows = byOrigin.sorted { ($0.key.namespace, $0.key.text) < ($1.key.namespace, $1.key.text) }.flatMap { origin, grants in
                    RuleMatrix.rows(grants.map(\.rule)).map { ListScreen.Row(cells: [origin.namespace] + $0 + [origin.text]) }
                }
                return ListScreen.Content(
                    titles: ["NAMESPACE"] + RuleMatrix.titles + ["BINDING"], rows: rows, absence: "No binding gives it anything.")
            })
    }

    private struct Origin: Hashable {
        let namespace: String
        let text: String
    }

    /// Who may do something: `who delete pods`, in the namespace of the session.
    func openWhoMay(_ verb: String, _ name: String) {
        let (plain, subresource) = Self.split(name)
        guard let resource = session.catalog.resource(named: plain) else { return refuse("Unknown resource: \(plain)") }
        let full = resource.name + subresource
        let namespace = resource.isNamespaced ? session.namespaces.single : nil
        let place = namespace.map { " in \($0)" } ?? ""
        push(
            ListScreen("who", heading: "May \(verb) \(full)\(place)", command: "who \(verb) \(name)", shell: self) {
                [session, unowned self] in
                let grants = try await session.accessPolicy().grants(verb, on: full, group: resource.group, namespace: namespace)
                let rows = grants.sorted { $0.subject < $1.subject }.map { grant in
                    ListScreen.Row(
                        cells: [
                            grant.subject.kind.rawValue, grant.subject.namespace ?? "", grant.subject.name,
                            grant.rule.names.joined(separator: ","),
                            grant.namespace ?? "all", grant.origin,
                        ], open: { [unowned self] in openPolicy(of: grant.subject) })
                }
                return ListScreen.Content(
                    titles: ["KIND", "NAMESPACE", "NAME", "ONLY", "WHERE", "BINDING"], rows: rows,
                    absence: "Nobody may, except members of system:masters."
                )
            })
    }

    /// What the person may do in a namespace, as the server says.
    func openOwnRights() {
        let namespace = session.namespaces.single ?? session.configuration.namespace
        push(
            ListScreen("can", heading: "You may in \(namespace)", command: "can", shell: self) { [session] in
                let fields: JSONObject = [
                    "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": ["namespace": .string(namespace)],
                ]
                let review = KubernetesObject(fields)
                let answer = try await session.client.create(
                    review, as: GroupVersionResource(group: "authorization.k8s.io", resource: "selfsubjectrulesreviews"))
                let rules = ["resourceRules", "nonResourceRules"].flatMap { answer.status[$0]?.arrayValue ?? [] }.map(AccessRule.init)
                let rows = RuleMatrix.rows(rules).map { ListScreen.Row(cells: $0) }
                return ListScreen.Content(titles: RuleMatrix.titles, rows: rows, absence: "Nothing.")
            })
    }

    private static func split(_ name: String) -> (resource: String, subresource: String) {
        let parts = name.split(separator: "/", maxSplits: 1)
        return (parts.first.map(String.init) ?? name, parts.count > 1 ? "/\(parts[1])" : "")
    }
}

extension ClusterSession {
    /// The cluster's roles and bindings.
    func accessPolicy() async throws(ClientError) -> AccessPolicy {
        let roles = try await client.list(.access("clusterroles")).items + (try await client.list(.access("roles")).items)
        let bindings = try await client.list(.access("clusterrolebindings")).items + (try await client.list(.access("rolebindings")).items)
        return AccessPolicy(roles: roles, bindings: bindings)
    }
}

extension GroupVersionResource {
    fileprivate static func access(_ resource: String) -> GroupVersionResource {
        GroupVersionResource(group: "rbac.authorization.k8s.io", resource: resource)
    }
}

extension AccessSubject {
    /// As K9s writes it after `:can`: `u:fred`, `g:devs`, `s:shop:builder`.
    init?(command text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "u", "user": self.init(.user, name: parts[1])
        case "g", "group": self.init(.group, name: parts[1])
        case "s", "sa", "serviceaccount":
            let account = parts[1].split(whereSeparator: { $0 == ":" || $0 == "/" }).map(String.init)
            guard account.count == 2 else { return nil }
            self.init(.serviceAccount, namespace: account[0], name: account[1])
        default: return nil
        }
    }
}
