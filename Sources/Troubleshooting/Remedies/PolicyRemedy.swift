import KubernetesModel
import KubernetesSemantics

/// Changes to a NetworkPolicy that let DNS through and nothing else.
enum PolicyRemedy {
    private static let resource = GroupVersionResource(group: "networking.k8s.io", resource: "networkpolicies")
    /// Every namespace has this label with its own name.
    private static let nameLabel = "kubernetes.io/metadata.name"

    static func admittingDNS(_ policy: PolicyFacts, _ denial: NetworkPolicyVerdict.Denial, server: NetworkedPod, port: Int) -> Remedy {
        let operation = mend(policy, denial, server) ?? add(to: policy, server: server, port: port)
        let document = ShellWord.quoted(VisibleText.json(JSONValue.array(operation.patch).description))
        let key = policy.reference.key
        let (namespace, name) = (ShellWord.quoted(key.namespace ?? ""), ShellWord.quoted(key.name))
        return Remedy(
            summary: operation.summary, risk: .safe,
            change: Remedy.Change(object: policy.reference, resource: resource, content: .json(operation.patch)),
            commands: ["kubectl -n \(namespace) patch networkpolicy \(name) --type=json -p \(document)"]
        )
    }

    private struct Operation {
        var summary: String
        var patch: [JSONValue]
    }

    /// A rule that lists the port of DNS and whose selector misses was meant for it: its selector is what to correct.
    private static func mend(_ policy: PolicyFacts, _ denial: NetworkPolicyVerdict.Denial, _ server: NetworkedPod) -> Operation? {
        guard let nearest = denial.nearest, nearest.namesPort, nearest.field == denial.field else { return nil }
        switch nearest.reason {
        case .namespaceLabels(let namespace, _, _):
            return Operation(
                summary: "Let \(nearest.field) of NetworkPolicy \(denial.policy) select namespace \(namespace) by its automatic label",
                patch: replace(nearest.field, of: policy, by: [nameLabel: namespace])
            )
        case .podLabels(_, let labels, _):
            let identifying = labels.filter { $0.key == "k8s-app" || $0.key == "app" }
            guard !identifying.isEmpty else { return nil }
            return Operation(
                summary: "Let \(nearest.field) of NetworkPolicy \(denial.policy) select the DNS pods by the labels they have",
                patch: replace(nearest.field, of: policy, by: identifying)
            )
        default: return nil
        }
    }

    /// Rules have no names, and somebody may have moved them since: the place must still hold what was read there.
    private static func replace(_ field: String, of policy: PolicyFacts, by labels: [String: String]) -> [JSONValue] {
        let path = JSONValue.string(FieldPath.pointer(field))
        return [
            ["op": "test", "path": path, "value": FieldPath.value(at: field, in: policy.object.value) ?? .null],
            ["op": "replace", "path": path, "value": ["matchLabels": JSONValue(labels)]],
        ]
    }

    private static func add(to policy: PolicyFacts, server: NetworkedPod, port: Int) -> Operation {
        let labels = server.labels.filter { $0.key == "k8s-app" }
        var peer: JSONObject = ["namespaceSelector": ["matchLabels": JSONValue([nameLabel: server.namespace])]]
        if !labels.isEmpty { peer["podSelector"] = ["matchLabels": JSONValue(labels)] }
        let ports: JSONValue = [
            ["protocol": "UDP", "port": JSONValue(port)], ["protocol": "TCP", "port": JSONValue(port)],
        ]
        let rule: JSONValue = ["to": [.object(peer)], "ports": ports]
        let hasRules = policy.object.spec["egress"]?.arrayValue != nil
        return Operation(
            summary: "Add a rule to NetworkPolicy \(policy.reference.key) that admits UDP and TCP \(port) to the DNS pods",
            patch: [
                [
                    "op": "add", "path": .string(hasRules ? "/spec/egress/-" : "/spec/egress"),
                    "value": hasRules ? rule : [rule],
                ]
            ]
        )
    }
}
