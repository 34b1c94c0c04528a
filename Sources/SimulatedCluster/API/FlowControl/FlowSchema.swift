import KubernetesModel
import KubernetesSemantics

/// Which requests belong to one flow.
struct FlowSchema {
    let name: String
    let uid: String
    let levelUID: String
    let precedence: Int
    private let rules: [Rule]

    private struct Rule {
        let subjects: [JSONObject]
        let onResources: [ResourceRule]
        let onPaths: [AccessRule]
    }

    fileprivate struct ResourceRule {
        let rule: AccessRule
        let namespaces: [String]
        let isForCluster: Bool
    }

    /// - Parameter levels: the uids of priority levels by their names. A schema without its level is nobody's: nil.
    init?(_ object: KubernetesObject, levels: [String: String]) {
        let spec = object.json.object("spec") ?? [:]
        guard let level = levels[spec.object("priorityLevelConfiguration")?.string("name") ?? ""] else { return nil }
        name = object.name
        uid = object.uid
        levelUID = level
        precedence = spec.int("matchingPrecedence") ?? 1000
        rules = spec.objects("rules").map { rule in
            let onResources = rule.objects("resourceRules").map { json in
                ResourceRule(
                    rule: AccessRule(.object(json)), namespaces: json.strings("namespaces"), isForCluster: json.bool("clusterScope"))
            }
            let onPaths = rule.objects("nonResourceRules").map { AccessRule(.object($0)) }
            return Rule(subjects: rule.objects("subjects"), onResources: onResources, onPaths: onPaths)
        }
    }

    func matches(_ attributes: AccessAttributes) -> Bool {
        rules.contains { rule in
            rule.subjects.contains { Self.means($0, attributes.user) }
                && (attributes.isResourceRequest
                    ? rule.onResources.contains { $0.matches(attributes) } : rule.onPaths.contains { $0.allows(attributes) })
        }
    }

    private static func means(_ subject: JSONObject, _ user: UserInfo) -> Bool {
        switch subject.string("kind") {
        case "User":
            let name = subject.object("user")?.string("name") ?? ""
            return name == "*" || name == user.name
        case "Group":
            let name = subject.object("group")?.string("name") ?? ""
            return name == "*" || user.groups.contains(name)
        case "ServiceAccount":
            guard let account = subject.object("serviceAccount") else { return false }
            let prefix = "system:serviceaccount:\(account.string("namespace")):"
            return account.string("name") == "*" ? user.name.hasPrefix(prefix) : user.name == prefix + account.string("name")
        default: return false
        }
    }
}

extension FlowSchema.ResourceRule {
    fileprivate func matches(_ attributes: AccessAttributes) -> Bool {
        let isInPlace = attributes.namespace.isEmpty ? isForCluster : namespaces.contains("*") || namespaces.contains(attributes.namespace)
        return isInPlace && rule.allows(attributes)
    }
}
