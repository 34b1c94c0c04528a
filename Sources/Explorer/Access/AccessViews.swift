import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables

/// Who may do what.
extension Shell {
    /// The rules of a Role or ClusterRole, or of the one that a binding refers to.
    func openRules(of target: ObjectTarget) {
        let own = target.scope()
        push(
            ListScreen(
                "rules", heading: "Rules(\(target.text))", shell: self,
                following: { mirrors in
                    Set([own, mirrors[own]?.objects.first.flatMap(Self.role(of:))?.scope()].compactMap(\.self))
                }
            ) { mirrors in
                var role = try mirrors.object(target, own)
                if let referred = Self.role(of: role) { role = try mirrors.object(referred, referred.scope()) }
                let rows = RuleMatrix.rows(AccessRule.all(of: role)).map { ListScreen.Row(cells: $0) }
                return ListScreen.Content(titles: RuleMatrix.titles, rows: rows, absence: "It allows nothing.")
            })
    }

    /// The role that a binding refers to.
    private static func role(of binding: KubernetesObject) -> ObjectTarget? {
        guard let reference = binding["roleRef"], let kind = reference["kind"]?.stringValue,
            let resource = ResourceCatalog.builtIn.resource(
                for: GroupVersionKind(apiVersion: "rbac.authorization.k8s.io/v1", kind: kind))
        else { return nil }
        return ObjectTarget(resource: resource, namespace: binding.namespace, name: reference["name"]?.stringValue ?? "")
    }

    /// Everybody of a kind whom a binding names.
    func openSubjects(_ kind: AccessSubject.Kind) {
        let name = "\(kind.rawValue.lowercased())s"
        push(
            ListScreen(name, heading: "\(kind.rawValue)s", command: name, shell: self, following: AccessPolicy.scopes) {
                [unowned self] mirrors in
                let subjects = try AccessPolicy(mirrors).subjects.filter { $0.key.kind == kind }.sorted { $0.key < $1.key }
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
            ListScreen("policy", heading: "Policy(\(subject))", shell: self, following: AccessPolicy.scopes) { mirrors in
                let grants = try AccessPolicy(mirrors).grants(to: subject)
                let byOrigin = Dictionary(grouping: grants) {
                    Origin(namespace: $0.namespace ?? "all", text: $0.origin, binding: $0.binding)
                }
                let rows = byOrigin.sorted { ($0.key.namespace, $0.key.text) < ($1.key.namespace, $1.key.text) }.flatMap { origin, grants in
                    RuleMatrix.rows(grants.map(\.rule)).map {
                        ListScreen.Row(cells: [origin.namespace] + $0 + [origin.text], target: ObjectTarget(binding: origin.binding))
                    }
                }
                return ListScreen.Content(
                    titles: ["NAMESPACE"] + RuleMatrix.titles + ["BINDING"], rows: rows, absence: "No binding gives it anything.")
            })
    }

    private struct Origin: Hashable {
        let namespace: String
        let text: String
        let binding: ObjectKey
    }

    /// Who may do something: `who delete pods`, in the namespace of the session.
    func openWhoMay(_ verb: String, _ name: String) {
        let (plain, subresource) = Self.split(name)
        guard let resource = session.catalog.resource(named: plain) else { return refuse("Unknown resource: \(plain)") }
        let full = resource.name + subresource
        let namespace = resource.isNamespaced ? session.namespaces.single : nil
        let place = namespace.map { " in \($0)" } ?? ""
        push(
            ListScreen(
                "who", heading: "May \(verb) \(full)\(place)", command: "who \(verb) \(name)", shell: self, following: AccessPolicy.scopes
            ) { [unowned self] mirrors in
                let grants = try AccessPolicy(mirrors).grants(verb, on: full, group: resource.group, namespace: namespace)
                let rows = grants.sorted { $0.subject < $1.subject }.map { grant in
                    ListScreen.Row(
                        cells: [
                            grant.subject.kind.rawValue, grant.subject.namespace ?? "", grant.subject.name, grant.origin,
                            grant.namespace ?? "all", grant.rule.names.joined(separator: ","),
                        ], target: ObjectTarget(binding: grant.binding), open: { [unowned self] in openPolicy(of: grant.subject) })
                }
                return ListScreen.Content(
                    titles: ["KIND", "NAMESPACE", "NAME", "BINDING", "WHERE", "ONLY"], rows: rows,
                    absence: "Nobody may, except members of system:masters."
                )
            })
    }

    /// What the person may do in a namespace, as the server says.
    func openOwnRights() {
        let namespace = session.namespaces.single ?? session.configuration.namespace
        push(
            ListScreen(
                "can", heading: "You may in \(namespace)", command: "can", shell: self, following: { _ in [] },
                remindedBy: AccessPolicy.versions
            ) { [session] _ in
                let fields: JSONObject = [
                    "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": ["namespace": .string(namespace)],
                ]
                let review = KubernetesObject(fields)
                let answer = try await session.client.create(
                    review, as: GroupVersionResource(group: "authorization.k8s.io", resource: "selfsubjectrulesreviews"))
                // What one looks for first.
                let rows = ["resourceRules", "nonResourceRules"].flatMap { kind in
                    RuleMatrix.rows((answer.status[kind]?.arrayValue ?? []).map(AccessRule.init)).map { ListScreen.Row(cells: $0) }
                }
                return ListScreen.Content(titles: RuleMatrix.titles, rows: rows, absence: "Nothing.")
            })
    }

    private static func split(_ name: String) -> (resource: String, subresource: String) {
        let parts = name.split(separator: "/", maxSplits: 1)
        return (parts.first.map(String.init) ?? name, parts.count > 1 ? "/\(parts[1])" : "")
    }
}

extension AccessPolicy {
    private static let roles = ["clusterroles", "roles"].map { scope($0) }
    private static let bindings = ["clusterrolebindings", "rolebindings"].map { scope($0) }
    /// The cluster's roles and bindings.
    fileprivate static let scopes = roles + bindings

    /// The same, to notice when they change.
    fileprivate static let versions = Set(
        scopes.map { scope in
            var scope = scope
            scope.detail = .metadata
            return scope
        })

    private static func scope(_ resource: String) -> ReflectorScope {
        ReflectorScope(GroupVersionResource(group: "rbac.authorization.k8s.io", resource: resource))
    }

    /// - Throws: why one of them is unknown.
    fileprivate init(_ mirrors: ListScreen.Mirrors) throws {
        self.init(roles: try Self.roles.flatMap(mirrors.objects), bindings: try Self.bindings.flatMap(mirrors.objects))
    }
}

extension ObjectTarget {
    /// A RoleBinding, or with no namespace a ClusterRoleBinding.
    fileprivate init?(binding: ObjectKey) {
        let name = binding.namespace == nil ? "clusterrolebindings" : "rolebindings"
        guard let resource = ResourceCatalog.builtIn.resource(named: name) else { return nil }
        self.init(resource: resource, namespace: binding.namespace, name: binding.name)
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
