import KubernetesModel

/// The roles and bindings of `furniture/access.txt`, whose form its generator, Scripts/generate-furniture.py, describes.
enum AccessFurniture {
    static let objects: [KubernetesObject] = parse(EmbeddedFiles.contents["furniture/access.txt"] ?? "")

    /// Lines that make no sense are passed over.
    static func parse(_ text: String) -> [KubernetesObject] {
        var objects: [JSONObject] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard !words.isEmpty else { continue }
            if line.hasPrefix(" ") {
                guard !objects.isEmpty else { continue }
                add(words, to: &objects[objects.count - 1])
            } else if words.count >= 2 {
                objects.append(head(words))
            }
        }
        return objects.map { KubernetesObject($0) }
    }

    private static let group = "rbac.authorization.k8s.io"

    private static func head(_ words: [String]) -> JSONObject {
        var metadata = qualified(words[1])
        var labels: JSONObject = ["kubernetes.io/bootstrapping": "rbac-defaults"]
        var json: JSONObject = ["apiVersion": .string("\(group)/v1"), "kind": .string(words[0])]
        if words[0].hasSuffix("Binding") {
            let kind = words[0] == "RoleBinding" ? "Role" : "ClusterRole"
            json["roleRef"] = ["apiGroup": .string(group), "kind": .string(kind), "name": .string(words.dropFirst(2).first ?? "")]
        }
        for option in words.dropFirst(2) {
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            let label = "\(group)/aggregate-to-\(parts[1])"
            switch parts[0] {
            case "part-of": labels[label] = "true"
            case "aggregates":
                json["aggregationRule"] = ["clusterRoleSelectors": [["matchLabels": .object([label: "true"])]]]
            default: break
            }
        }
        metadata["labels"] = .object(labels)
        metadata["annotations"] = ["rbac.authorization.kubernetes.io/autoupdate": "true"]
        json["metadata"] = .object(metadata)
        return json
    }

    private static func add(_ words: [String], to object: inout JSONObject) {
        if object.string("kind").hasSuffix("Binding") {
            guard words.count == 2 else { return }
            object.append(.object(subject(kind: words[0], name: words[1])), to: "subjects")
        } else {
            guard words.count >= 3 else { return }
            object.append(.object(rule(words)), to: "rules")
        }
    }

    private static func subject(kind: String, name: String) -> JSONObject {
        var subject: JSONObject = kind == "ServiceAccount" ? qualified(name) : ["apiGroup": .string(group), "name": .string(name)]
        subject["kind"] = .string(kind)
        return subject
    }

    private static func rule(_ words: [String]) -> JSONObject {
        if words[1] == "url" { return ["verbs": list(words[0]), "nonResourceURLs": list(words[2])] }
        var rule: JSONObject = ["verbs": list(words[0]), "apiGroups": list(words[1]), "resources": list(words[2])]
        if words.count > 3 { rule["resourceNames"] = list(words[3]) }
        return rule
    }

    private static func list(_ text: String) -> JSONValue {
        JSONValue(text.split(separator: ",").map { $0 == "core" ? "" : String($0) })
    }

    private static func qualified(_ text: String) -> JSONObject {
        guard let slash = text.firstIndex(of: "/") else { return ["name": .string(text)] }
        return ["namespace": .string(String(text[..<slash])), "name": .string(String(text[text.index(after: slash)...]))]
    }
}
