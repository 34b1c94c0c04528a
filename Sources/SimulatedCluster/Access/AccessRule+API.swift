import KubernetesModel
import KubernetesSemantics

extension AccessRule {
    func allows(_ attributes: AccessAttributes) -> Bool {
        guard attributes.isResourceRequest else { return allows(attributes.verb, path: attributes.path) }
        let resource = attributes.subresource.isEmpty ? attributes.resource : "\(attributes.resource)/\(attributes.subresource)"
        return allows(attributes.verb, on: resource, group: attributes.group, name: attributes.name)
    }

    /// As rules reviews show it.
    var json: JSONValue {
        var json: JSONObject = ["verbs": JSONValue(verbs)]
        for (key, list) in [("apiGroups", apiGroups), ("resources", resources), ("resourceNames", names), ("nonResourceURLs", paths)]
        where !list.isEmpty {
            json[key] = JSONValue(list)
        }
        return .object(json)
    }

    /// As messages about escalation show it.
    var message: String {
        let lists = [
            ("APIGroups", apiGroups), ("Resources", resources), ("ResourceNames", names), ("NonResourceURLs", paths), ("Verbs", verbs),
        ]
        let texts = lists.filter { !$0.1.isEmpty }.map { title, list in
            "\(title):[\(list.map(\.goQuoted).joined(separator: " "))]"
        }
        return "{\(texts.joined(separator: ", "))}"
    }
}
