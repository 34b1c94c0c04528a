/// Server-side apply and the ownership of fields that goes with every write: pure functions from states to states.
package enum ServerSideApply {
    /// Lays a configuration over an object and makes its manager own what it says.
    ///
    /// What the manager applied before and no longer does is removed, unless another manager owns it too. When nothing changes, the
    /// object comes back as it was.
    /// - Parameters:
    ///   - configuration: the whole of what the manager wants, with `apiVersion` and `kind`.
    ///   - live: nil when the object does not exist yet.
    ///   - force: takes fields from other managers instead of refusing.
    /// - Throws: `PatchError` with the conflicts.
    package static func apply(
        _ configuration: JSONObject, to live: KubernetesObject?, root: SchemaNode, manager: String, subresource: String = "", force: Bool,
        at now: Instant
    ) throws(PatchError) -> KubernetesObject {
        guard configuration["metadata"]?["managedFields"]?.arrayValue?.isEmpty ?? true else {
            throw PatchError(.malformed, "metadata.managedFields must be nil")
        }
        let apiVersion = configuration["apiVersion"]?.stringValue ?? ""
        let applier = ManagedFields.Manager(name: manager, operation: .apply, apiVersion: apiVersion, subresource: subresource)
        let old = live.map { withoutManagedFields($0.json) }
        var managed = ManagedFields(live?.metadata.json["managedFields"])
        let before = managed
        let wanted = withoutManagedFields(configuration)
        let last = lastApplied(by: applier, in: &managed)
        managed.entries[applier] = ManagedFields.Entry(
            fields: stripped(root.fields(of: .object(wanted))), time: before.entries[applier]?.time)

        var merged = root.merging(.object(wanted), into: old.map(JSONValue.object) ?? [:])
        merged = root.pruning(merged, last: last, owned: managed.all.union(identityFields))
        let comparison = FieldComparison(old.map(JSONValue.object) ?? [:], merged, at: root)
        try settleConflicts(comparison, in: &managed, applier: applier, force: force)

        let isUnchanged = managed.entries.mapValues(\.fields) == before.entries.mapValues(\.fields) && merged == old.map(JSONValue.object)
        if let live, isUnchanged { return live }
        managed.entries[applier]?.time = KubernetesTime.seconds(now)
        return object(merged.objectValue ?? [:], managed)
    }

    /// The managed fields after a write other than apply: its manager owns what it added and changed, and nobody what it removed.
    /// - Parameter old: nil when the object is created.
    package static func update(
        _ object: KubernetesObject, replacing old: KubernetesObject?, root: SchemaNode, manager: String, subresource: String = "",
        at now: Instant
    ) -> JSONValue? {
        var managed = ManagedFields((object.metadata.json["managedFields"] ?? old?.metadata.json["managedFields"]))
        let writer = ManagedFields.Manager(name: manager, operation: .update, apiVersion: object.apiVersion, subresource: subresource)
        let before: JSONValue = old.map { .object(withoutManagedFields($0.json)) } ?? emptyObject(at: root)
        let comparison = FieldComparison(before, .object(withoutManagedFields(object.json)), at: root)
        let changed = stripped(comparison.added.union(comparison.modified))
        for (other, entry) in managed.entries {
            managed.entries[other]?.fields = entry.fields.subtracting(changed).subtracting(comparison.removed)
        }
        if !changed.isEmpty {
            let own = managed.entries[writer]?.fields ?? FieldSet()
            managed.entries[writer] = ManagedFields.Entry(fields: own.union(changed), time: KubernetesTime.seconds(now))
        }
        return managed.json
    }

    /// What the manager applied so far, in whichever version; entries of other versions give way to the new one.
    private static func lastApplied(by applier: ManagedFields.Manager, in managed: inout ManagedFields) -> FieldSet {
        var last = FieldSet()
        for (manager, entry) in managed.entries
        where manager.name == applier.name && manager.operation == .apply && manager.subresource == applier.subresource {
            last = last.union(entry.fields)
            managed.entries[manager] = nil
        }
        return last
    }

    private static func settleConflicts(
        _ comparison: FieldComparison, in managed: inout ManagedFields, applier: ManagedFields.Manager, force: Bool
    ) throws(PatchError) {
        let changed = comparison.added.union(comparison.modified)
        var conflicts: [FieldConflict] = []
        let others = managed.entries.filter { $0.key != applier }.sorted { $0.key.description < $1.key.description }
        for (other, entry) in others {
            let contested = entry.fields.intersection(changed)
            conflicts += contested.paths.map { FieldConflict(manager: other.description, path: $0) }
            managed.entries[other]?.fields = entry.fields.subtracting(contested).subtracting(comparison.removed)
        }
        guard conflicts.isEmpty || force else { throw PatchError(.conflicts(conflicts), message(conflicts)) }
    }

    private static func message(_ conflicts: [FieldConflict]) -> String {
        if conflicts.count == 1, let conflict = conflicts.first {
            return "Apply failed with 1 conflict: \(conflict.message): \(conflict.path)"
        }
        var lines: [String] = []
        for (index, conflict) in conflicts.enumerated() {
            if index == 0 || conflicts[index - 1].manager != conflict.manager { lines.append("conflicts with \(conflict.manager):") }
            lines.append("- \(conflict.path)")
        }
        return "Apply failed with \(conflicts.count) conflicts: \(lines.joined(separator: "\n"))"
    }

    private static func withoutManagedFields(_ json: JSONObject) -> JSONObject {
        var json = json
        json["metadata"]?["managedFields"] = nil
        return json
    }

    private static func object(_ json: JSONObject, _ managed: ManagedFields) -> KubernetesObject {
        var json = json
        if json["metadata"] == nil { json["metadata"] = [:] }
        json["metadata"]?["managedFields"] = managed.json
        return KubernetesObject(json)
    }

    /// Nobody owns what names the object and what the server keeps.
    private static let unowned: [[PathElement]] =
        [[.field("apiVersion")], [.field("kind")]]
        + ["name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion"]
        .map { [.field("metadata"), .field($0)] }

    private static let identityFields = unowned.reduce(into: FieldSet()) { $0.insert($1) }

    private static func stripped(_ set: FieldSet) -> FieldSet {
        var result = unowned.reduce(set) { $0.removing($1) }
        result[.field("metadata")].isMember = false
        if result[.field("metadata")].isEmpty { result = result.removing([.field("metadata")]) }
        return result
    }

    /// Parts that every object of a kind has, whether or not anyone said so: nobody comes to own them by creating it.
    private static let everPresent: Set<String> = [
        "metadata", "spec", "status", "template", "jobTemplate", "strategy", "updateStrategy", "loadBalancer", "roleRef", "scaleTargetRef",
        "involvedObject", "source",
    ]

    private static func emptyObject(at node: SchemaNode) -> JSONValue {
        var object = JSONObject()
        for field in node.definition?.fields ?? [] {
            switch field.type {
            case .object where everPresent.contains(field.name):
                object[field.name] = emptyObject(at: SchemaNode(catalog: node.catalog, field: field))
            case .list where field.isRequired: object[field.name] = .null
            default: continue
            }
        }
        return .object(object)
    }
}
