package import KubernetesModel

/// Fills in what an API server fills in when it decodes an object: on every write, and on every object of a scenario.
///
/// Clients dereference these fields without asking. What depends on other objects (priorities, service accounts, addresses)
/// is admission's work; what happens only at creation (generation, first status) is `ResourceStrategy`'s.
package enum Defaults {
    /// Applying twice changes nothing more.
    package static func apply(to object: inout KubernetesObject) {
        guard let rule = table[GroupKind(object)] else { return }
        rule(&object.json)
    }

    typealias Rule = @Sendable (inout JSONObject) -> Void

    private static let table: [GroupKind: Rule] = {
        let groups = [
            coreRules, workloadRules, batchRules, networkingRules, storageRules, accessRules, registrationRules, schedulingRules,
        ]
        return groups.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }()
}
