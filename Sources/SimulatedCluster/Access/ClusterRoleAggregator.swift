package import KubernetesModel

/// Keeps the rules of cluster roles with an aggregation rule equal to those of the roles that it selects.
package struct ClusterRoleAggregator: Controller {
    package let name = "clusterrole-aggregation-controller"
    private static let roles = GroupResource(group: RoleCatalog.group, resource: "clusterroles")
    package let watches = [Self.roles]

    package init() {}

    package func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        view.list(Self.roles).filter { $0["aggregationRule"] != nil }.map { WorkKey(Self.roles, $0.key) }
    }

    package mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let role = view.get(Self.roles, key.key), let selectors = role["aggregationRule"]?["clusterRoleSelectors"]?.arrayValue
        else { return .done }
        let all = view.list(Self.roles)
        var rules: [JSONValue] = []
        for selector in selectors {
            guard let selector = try? LabelSelector(object: selector) else { continue }
            for other in all where other.name != role.name && selector.matches(other.metadata.labels) {
                for rule in other["rules"]?.arrayValue ?? [] where !rules.contains(rule) { rules.append(rule) }
            }
        }
        if rules == role["rules"]?.arrayValue ?? [] { return .done }
        return Reconciliation(writes: [.patch(Self.roles, key.key, ["rules": .array(rules)])])
    }
}
