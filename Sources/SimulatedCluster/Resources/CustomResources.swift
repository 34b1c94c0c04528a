import KubernetesModel

/// Serves what custom resource definitions define, and tells in their status that it does.
final class CustomResources {
    static let definitions = GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions")

    private let parts: ClusterParts
    /// What was read of each definition: with thousands of them, none is read again for the others' sake.
    private var known: [ObjectKey: Known] = [:]
    /// The definitions that have changed since they were read.
    private var changed: Set<ObjectKey> = []

    private struct Known {
        let uid: String
        let generation: Int?
        var names: DefinedNames.Claim
        let resources: [CustomResource]
        var conflict: DefinedNames.Conflict?
    }

    init(_ parts: ClusterParts) {
        self.parts = parts
        parts.store.observe { [weak self] change in
            if change.resource == Self.definitions { self?.refreshSoon(change.key) }
        }
    }

    /// Not from within the write: the definition's status is written in turn.
    private func refreshSoon(_ key: ObjectKey) {
        if changed.isEmpty { parts.timeline.schedule(at: parts.timeline.now) { [weak self] in self?.refresh() } }
        changed.insert(key)
    }

    private func refresh() {
        let keys = changed.sorted()
        changed = []
        var groups: Set<String> = []
        var isServedAnew = false
        for key in keys {
            let old = known.removeValue(forKey: key)
            let new = parts.view.get(Self.definitions, key).map { read($0, known: old) }
            known[key] = new
            groups.formUnion([old, new].compactMap { $0?.names.group })
            if old?.uid != new?.uid || old?.generation != new?.generation { isServedAnew = true }
        }
        let judged = judge(groups)
        if isServedAnew || !judged.isEmpty { serve() }
        for key in Set(keys + judged).sorted() {
            if let definition = parts.view.get(Self.definitions, key) { establish(definition, known[key]?.conflict) }
        }
    }

    /// What is defined stays as long as the specification does.
    private func read(_ definition: KubernetesObject, known old: Known?) -> Known {
        let (uid, generation) = (definition.uid, definition.metadata.generation)
        let isSame = old?.uid == uid && old?.generation == generation
        let resources = isSame ? old?.resources : nil
        return Known(
            uid: uid, generation: generation, names: DefinedNames.Claim(definition),
            resources: resources ?? CustomResourceDefinition.resources(of: definition), conflict: old?.conflict)
    }

    /// Finds out anew whose names are taken within these groups.
    /// - Returns: those for whom that has changed.
    private func judge(_ groups: Set<String>) -> [ObjectKey] {
        let conflicts = DefinedNames(known.values.map(\.names).filter { groups.contains($0.group) })
        var judged: [ObjectKey] = []
        for (key, definition) in known where groups.contains(definition.names.group) {
            let conflict = conflicts.conflict(of: key)
            guard conflict != definition.conflict else { continue }
            known[key]?.conflict = conflict
            judged.append(key)
        }
        return judged
    }

    private func serve() {
        let accepted = known.sorted { $0.key < $1.key }.map(\.value).filter { $0.conflict == nil }
        parts.registry.serve(accepted.flatMap(\.resources))
    }

    private func establish(_ definition: KubernetesObject, _ conflict: DefinedNames.Conflict?) {
        guard definition.metadata.deletionTimestamp == nil else { return removeInstances(of: definition) }
        var changed = definition
        changed["status"] = CustomResourceDefinition.status(of: definition, conflict, at: parts.timeline.now)
        let needsFinalizer = !definition.metadata.finalizers.contains(Self.finalizer)
        if changed.status != definition.status {
            _ = try? parts.pipeline.perform(.updateStatus(changed), by: Self.writer, at: parts.timeline.now)
        }
        guard needsFinalizer, var current = parts.view.get(Self.definitions, definition.key) else { return }
        current.metadata.finalizers.append(Self.finalizer)
        _ = try? parts.pipeline.perform(.update(current), by: Self.writer, at: parts.timeline.now)
    }

    private static let finalizer = "customresourcecleanup.apiextensions.k8s.io"
    private static let writer = Writer.system("kube-apiserver")

    /// The objects of a definition go before it does.
    private func removeInstances(of definition: KubernetesObject) {
        let group = definition.spec["group"]?.stringValue ?? ""
        let resource = GroupResource(group: group, resource: definition.spec["names"]?["plural"]?.stringValue ?? "")
        for object in parts.store.list(resource) where !object.isBeingDeleted {
            _ = try? parts.pipeline.perform(.delete(resource, object.key), by: Self.writer, at: parts.timeline.now)
        }
        guard parts.store.count(of: resource) == 0 else {
            parts.timeline.schedule(after: .seconds(1)) { [weak self] in self?.refreshSoon(definition.key) }
            return
        }
        var changed = definition
        changed.metadata.finalizers.removeAll { $0 == Self.finalizer }
        _ = try? parts.pipeline.perform(.update(changed), by: Self.writer, at: parts.timeline.now)
    }
}
