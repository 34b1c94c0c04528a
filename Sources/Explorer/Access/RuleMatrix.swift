import KubernetesSemantics

/// Rules as a table: a line per resource, a column per verb.
enum RuleMatrix {
    static let verbs = ["get", "list", "watch", "create", "patch", "update", "delete", "deletecollection"]
    static let titles = ["RESOURCE", "GROUP"] + ["GET", "LIST", "WATCH", "CREATE", "PATCH", "UPDATE", "DELETE", "DEL-LIST"] + ["EXTRAS"]

    /// What one line is about.
    private struct Subject: Hashable {
        let resource: String
        let group: String
    }

    /// The lines, ordered by group and resource. Rules for some names only have those behind the resource.
    static func rows(_ rules: [AccessRule]) -> [[String]] {
        var verbs: [Subject: Set<String>] = [:]
        for rule in rules {
            for subject in subjects(of: rule) { verbs[subject, default: []].formUnion(rule.verbs) }
        }
        return verbs.sorted { ($0.key.group, $0.key.resource) < ($1.key.group, $1.key.resource) }.map { subject, verbs in
            [subject.resource, subject.group] + Self.verbs.map { verbs.contains("*") || verbs.contains($0) ? "✓" : "×" } + [extras(verbs)]
        }
    }

    private static func subjects(of rule: AccessRule) -> [Subject] {
        let names = rule.names.isEmpty ? "" : " \(rule.names.joined(separator: ","))"
        let resources = rule.apiGroups.flatMap { group in
            rule.resources.map { Subject(resource: $0 + names, group: group.isEmpty ? "core" : group) }
        }
        return resources + rule.paths.map { Subject(resource: $0, group: "") }
    }

    /// The verbs without a column of their own.
    private static func extras(_ verbs: Set<String>) -> String {
        verbs.subtracting(Self.verbs).subtracting(["*"]).sorted().joined(separator: ",")
    }
}
