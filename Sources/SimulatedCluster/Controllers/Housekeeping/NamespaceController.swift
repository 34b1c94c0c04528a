import KubernetesModel

/// Empties a namespace that is being deleted, and lets it go once it is empty.
struct NamespaceController: Controller {
    let name = "namespace-controller"
    let watches = [Resource.namespaces]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.object.isBeingDeleted ? own(change) : []
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let namespace = view.get(Resource.namespaces, key.key), namespace.metadata.deletionTimestamp != nil else { return .done }
        let content = view.store.resources.flatMap { view.store.list($0, namespace: key.key.name) }
            .filter { $0.key.namespace == key.key.name && $0.resource != Resource.events }
        guard !content.isEmpty else { return Reconciliation(writes: finish(namespace, in: view)) }
        let untouched = content.filter { !$0.isBeingDeleted }
        // Pods keep their grace period; others wait for their finalizers.
        let deletions = untouched.map { Write.delete($0.resource, $0.key, DeleteOptions(propagation: .background)) }
        if !deletions.isEmpty { return Reconciliation(writes: deletions, wakeAfter: .milliseconds(100)) }
        var status = namespace.status.objectValue ?? [:]
        status["conditions"] = conditions(status["conditions"], content, in: view, at: now)
        return Reconciliation(writes: statusWrite(namespace, status), wakeAfter: .seconds(2))
    }

    private func finish(_ namespace: KubernetesObject, in view: ClusterView) -> [Write] {
        // Events are kept until the last moment: they tell how the rest went.
        let writes = view.store.list(Resource.events, namespace: namespace.name).map { Write.delete(Resource.events, $0.key) }
        let finalizers = namespace.spec["finalizers"]?.arrayValue ?? []
        // Those of others are theirs to take off.
        let others = finalizers.filter { $0 != "kubernetes" }
        guard others.count < finalizers.count else { return writes }
        let rest: JSONValue = others.isEmpty ? .null : .array(others)
        return writes + [.patch(Resource.namespaces, namespace.key, ["spec": ["finalizers": rest]], subresource: "finalize")]
    }

    private func conditions(_ old: JSONValue?, _ content: [StoredObject], in view: ClusterView, at now: Instant) -> JSONValue? {
        var conditions = ConditionList(old, at: now)
        func set(_ type: String, _ status: Bool, _ reason: String, _ message: String) {
            conditions.set(type, status, reason, message, updates: false)
        }
        set("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered")
        set(
            "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed")
        set(
            "NamespaceDeletionContentFailure", false, "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization")
        let resources = Dictionary(grouping: content, by: \.resource).sorted { $0.key.description < $1.key.description }
        let remaining = resources.map { "\($0.key). has \($0.value.count) resource instances" }.joined(separator: ", ")
        set("NamespaceContentRemaining", true, "SomeResourcesRemain", "Some resources are remaining: \(remaining)")
        let finalizers = content.flatMap { view.object($0).metadata.finalizers }
        let counts = Dictionary(finalizers.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
        if counts.isEmpty {
            set("NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished")
        } else {
            let text = counts.map { "\($0.key) in \($0.value) resource instances" }.joined(separator: ", ")
            set(
                "NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                "Some content in the namespace has finalizers remaining: \(text)")
        }
        return conditions.json
    }
}
