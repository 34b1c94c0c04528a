import KubernetesModel

/// Serves what custom resource definitions define, and tells in their status that it does.
final class CustomResources {
    static let definitions = GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions")

    private let parts: ClusterParts
    private var isPending = false

    init(_ parts: ClusterParts) {
        self.parts = parts
        parts.store.observe { [weak self] change in
            if change.resource == Self.definitions { self?.refreshSoon() }
        }
    }

    /// Not from within the write: the definition's status is written in turn.
    private func refreshSoon() {
        guard !isPending else { return }
        isPending = true
        parts.timeline.schedule(at: parts.timeline.now) { [weak self] in
            self?.isPending = false
            self?.refresh()
        }
    }

    private func refresh() {
        let all = parts.view.list(Self.definitions)
        let names = DefinedNames(all)
        parts.registry.serve(all.filter { names.conflict(of: $0) == nil }.flatMap(CustomResourceDefinition.resources))
        for definition in all { establish(definition, names.conflict(of: definition)) }
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
            parts.timeline.schedule(after: .seconds(1)) { [weak self] in self?.refreshSoon() }
            return
        }
        var changed = definition
        changed.metadata.finalizers.removeAll { $0 == Self.finalizer }
        _ = try? parts.pipeline.perform(.update(changed), by: Self.writer, at: parts.timeline.now)
    }
}
