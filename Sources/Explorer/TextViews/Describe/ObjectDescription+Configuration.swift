import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func configMap() {
        name()
        labelsAndAnnotations()
        outline.heading("Data")
        for (key, value) in fields.data.members.sorted(by: { $0.key < $1.key }) {
            outline.field(key, value.stringValue ?? "", depth: 1)
        }
        let binary = fields.binaryData.members.sorted { $0.key < $1.key }
        if !binary.isEmpty { outline.heading("BinaryData") }
        for (key, value) in binary { outline.field(key, Self.size(value), depth: 1) }
        if fields.immutable.flag { outline.field("Immutable", "true") }
    }

    /// Of a Secret only the sizes are told.
    mutating func secret() {
        name()
        labelsAndAnnotations()
        outline.field("Type", fields.type.text)
        outline.heading("Data")
        for (key, value) in fields.data.members.sorted(by: { $0.key < $1.key }) { outline.field(key, Self.size(value), depth: 1) }
        if fields.immutable.flag { outline.field("Immutable", "true") }
    }

    /// How many bytes an encoded value has.
    static func size(_ value: JSONValue) -> String {
        let bytes = Base64.decode(value.stringValue ?? "")?.count
        return bytes.map { "\($0) bytes" } ?? "not base64"
    }

    mutating func serviceAccount() {
        name()
        labelsAndAnnotations()
        secrets("Image pull secrets", fields.imagePullSecrets.elements.map(\.name.text))
        secrets("Mountable secrets", fields.secrets.elements.map(\.name.text))
        let mirror = beside(Self.tokenScope(in: object.namespace))
        let tokens = mirror.objects.filter { secret in
            let annotations = secret.metadata.annotations
            return annotations["kubernetes.io/service-account.name"] == object.name
                && annotations["kubernetes.io/service-account.uid"] == object.uid
        }
        outline.values(
            "Tokens", tokens.isEmpty ? [LinkedText(mirror.absence)] : tokens.map { LinkedText($0.name, link: link("Secret", $0.name)) })
    }

    private mutating func secrets(_ title: String, _ names: [String]) {
        let texts = names.map { name in
            let mirror = beside(Self.secretScope(name, in: object.namespace))
            let isMissing = mirror.isComplete && mirror.objects.isEmpty
            return LinkedText(isMissing ? "\(name) (not found)" : name, link: link("Secret", name))
        }
        outline.values(title, texts.isEmpty ? ["<none>"] : texts)
    }

    // MARK: Rights

    mutating func role() {
        name()
        labelsAndAnnotations()
        if fields.aggregationRule.exists {
            let selectors = fields.aggregationRule.clusterRoleSelectors.elements.map { LinkedText(selector($0)) }
            outline.values("Aggregates", selectors.isEmpty ? ["<none>"] : selectors)
        }
        outline.heading("PolicyRule")
        let rules = RoleRule.all(of: fields.rules.elements)
        outline.table(
            ["Resources", "Non-Resource URLs", "Resource Names", "Verbs"],
            rules.map { rule in
                [rule.resource, "[\(rule.url)]", "[\(rule.name)]", "[\(rule.verbs.joined(separator: " "))]"].map { LinkedText($0) }
            })
    }

    mutating func roleBinding() {
        let role = fields.roleRef
        name()
        labelsAndAnnotations()
        outline.heading("Role")
        outline.field("Kind", role.kind.text, depth: 1)
        outline.field("Name", role.name.text, depth: 1, link: link(role.kind.text, role.name.text))
        outline.heading("Subjects")
        outline.table(
            ["Kind", "Name", "Namespace"],
            fields.subjects.elements.map { subject in
                let isAccount = subject.kind.text == "ServiceAccount"
                let account = ObjectReference.builtIn("ServiceAccount", namespace: subject.namespace.text, subject.name.text)
                return [
                    LinkedText(subject.kind.text), LinkedText(subject.name.text, link: isAccount ? account : nil),
                    LinkedText(subject.namespace.text),
                ]
            })
    }

    // MARK: Certificates

    mutating func certificateSigningRequest() {
        let spec = fields.spec
        name()
        outline.pairs("Labels", fields.metadata.labels.json, separator: "=")
        outline.pairs("Annotations", annotations(fields.metadata), separator: "=")
        created()
        outline.field("Requesting User", spec.username.text)
        optional("Signer", spec.signerName.text)
        if spec.expirationSeconds.exists { outline.field("Requested Duration", HumanDuration.text(seconds: spec.expirationSeconds.number)) }
        let decisions = fields.status.conditions.elements.map(\.type.text)
        let status = decisions.contains("Denied") ? "Denied" : decisions.contains("Approved") ? "Approved" : "Pending"
        let isIssued = fields.status.certificate.exists && status == "Approved"
        outline.field("Status", status + (decisions.contains("Failed") ? ",Failed" : "") + (isIssued ? ",Issued" : ""))
        outline.field("Usages", spec.usages.texts.joined(separator: ", "))
        outline.field("Groups", spec.groups.texts.joined(separator: ", "))
        outline.field("Request", Self.size(spec.request.json ?? .null))
        conditions()
    }
}

/// What a role allows of one resource or path: all verbs that its rules name for it.
private struct RoleRule {
    let resource: String
    let url: String
    let name: String
    var verbs: [String]

    static func all(of rules: [FieldReader]) -> [RoleRule] {
        var all: [RoleRule] = []
        for rule in rules.flatMap(taken) {
            if let known = all.firstIndex(where: { ($0.resource, $0.url, $0.name) == (rule.resource, rule.url, rule.name) }) {
                all[known].verbs += rule.verbs.filter { !all[known].verbs.contains($0) }
            } else {
                all.append(rule)
            }
        }
        return all.sorted { ($0.resource, $0.url, $0.name) < ($1.resource, $1.url, $1.name) }
    }

    private static func taken(_ rule: FieldReader) -> [RoleRule] {
        let verbs = rule.verbs.texts
        let paths = rule.nonResourceURLs.texts.map { RoleRule(resource: "", url: $0, name: "", verbs: verbs) }
        let names = rule.resourceNames.texts.isEmpty ? [""] : rule.resourceNames.texts
        let resources = rule.apiGroups.texts.flatMap { group in
            rule.resources.texts.flatMap { resource in
                names.map { RoleRule(resource: title(resource, group), url: "", name: $0, verbs: verbs) }
            }
        }
        return resources + paths
    }

    /// `deployments.apps/scale`.
    private static func title(_ resource: String, _ group: String) -> String {
        let parts = resource.split(separator: "/", maxSplits: 1).map(String.init)
        return (parts.first ?? "") + (group.isEmpty ? "" : ".\(group)") + (parts.count > 1 ? "/\(parts[1])" : "")
    }
}
