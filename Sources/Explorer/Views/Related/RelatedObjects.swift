import KubernetesClient
import KubernetesModel

/// Everything that has to do with an object, by how it has.
nonisolated struct RelatedObjects {
    let pool: ObjectPool
    let object: KubernetesObject

    var sections: [TreeNode] {
        TreeNode.section("Owners", owners)
            + TreeNode.section("Owned", owned)
            + TreeNode.section("Selects", selected)
            + TreeNode.section("Selected by", selectors)
            + TreeNode.section("Routes", routes)
            + TreeNode.section("Refers to", references)
            + TreeNode.section("Used by", users)
    }

    private var namespace: String? { object.namespace }

    // MARK: Owners

    private var owners: [TreeNode] {
        var visited: Set = [object.uid]
        return owners(of: object, &visited)
    }

    /// Each with its own owner below it. Objects may own each other: none is followed twice.
    private func owners(of object: KubernetesObject, _ visited: inout Set<String>) -> [TreeNode] {
        object.metadata.ownerReferences.map { reference in
            guard let owner = pool.object(reference.kind, reference.name, in: object.namespace) else {
                return TreeNode(id: reference.uid, title: "\(reference.kind.lowercased()) \(reference.name)", role: .muted)
            }
            guard visited.insert(owner.uid).inserted else { return pool.node(owner) }
            return pool.node(owner, owners(of: owner, &visited))
        }
    }

    private var owned: [TreeNode] {
        var visited: Set = [object.uid]
        return pool.owned(by: object).map { withOwned($0, &visited) }
    }

    private func withOwned(_ object: KubernetesObject, _ visited: inout Set<String>) -> TreeNode {
        guard visited.insert(object.uid).inserted else { return pool.node(object) }
        return pool.node(object, pool.owned(by: object).map { withOwned($0, &visited) })
    }

    // MARK: Labels

    /// The pods that it finds by their labels.
    private var selected: [TreeNode] {
        guard let selector = Self.selector(of: object), !selector.isEverything else { return [] }
        return pool.all("Pod", in: namespace).filter { selector.matches($0.metadata.labels) }.map { pool.node($0) }
    }

    /// What finds it, or the pods it makes, by labels or by name.
    private var selectors: [TreeNode] {
        let labels = object.kind == "Pod" ? object.metadata.labels : Self.templateLabels(of: object)
        let byLabels =
            labels.isEmpty
            ? []
            : ["Service", "NetworkPolicy", "PodDisruptionBudget"].flatMap { kind in
                pool.all(kind, in: namespace).filter { Self.selector(of: $0)?.matches(labels) ?? false }
            }
        let scalers = pool.all("HorizontalPodAutoscaler", in: namespace).filter { scaler in
            scaler.spec["scaleTargetRef"]?["kind"]?.stringValue == object.kind
                && scaler.spec["scaleTargetRef"]?["name"]?.stringValue == object.name
        }
        return (byLabels + scalers).map { pool.node($0) }
    }

    static func selector(of object: KubernetesObject) -> LabelSelector? {
        switch object.kind {
        case "NetworkPolicy": try? LabelSelector(object: object.spec["podSelector"])
        case "Service": object.spec["selector"] == nil ? nil : PodSource.selector(of: object)
        default: PodSource.selector(of: object)
        }
    }

    private static func templateLabels(of object: KubernetesObject) -> [String: String] {
        (object.spec["template"]?["metadata"]?["labels"]?.objectValue ?? [:]).reduce(into: [:]) { $0[$1.key] = $1.value.stringValue }
    }

    // MARK: Routes

    /// Ingresses to a Service, Services behind an Ingress, and a Service's slices.
    private var routes: [TreeNode] {
        switch object.kind {
        case "Service":
            let ingresses = pool.all("Ingress", in: namespace).filter { $0.ingressServices.contains(object.name) }
            let slices = pool.all("EndpointSlice", in: namespace).filter { $0.metadata.labels["kubernetes.io/service-name"] == object.name }
            return (ingresses + slices).map { pool.node($0) }
        case "Ingress": return object.ingressServices.map { pool.node(.init(kind: "Service", name: $0), in: namespace) }
        default: return []
        }
    }

    // MARK: Names

    private var references: [TreeNode] {
        guard let spec = PodReferences.spec(of: object) else { return [] }
        return PodReferences(spec).all.map { pool.node($0, in: namespace) }
    }

    /// The pods and workloads that name it, of a priority in any namespace; of an account the bindings too.
    private var users: [TreeNode] {
        if object.kind == "PriorityClass" {
            return pool.objects.filter { PodReferences.spec(of: $0)?["priorityClassName"]?.stringValue == object.name }.map {
                pool.node($0)
            }
        }
        guard ["ConfigMap", "Secret", "PersistentVolumeClaim", "ServiceAccount"].contains(object.kind) else { return [] }
        let users = pool.objects.filter { candidate in
            guard candidate.namespace == namespace, let spec = PodReferences.spec(of: candidate) else { return false }
            return PodReferences(spec).all.contains { $0.kind == object.kind && $0.name == object.name }
        }
        let bindings =
            object.kind != "ServiceAccount"
            ? []
            : pool.all("RoleBinding", in: namespace).filter { binding in
                (binding["subjects"]?.arrayValue ?? []).contains {
                    $0["kind"]?.stringValue == "ServiceAccount" && $0["name"]?.stringValue == object.name
                }
            }
        return (users + bindings).map { pool.node($0) }
    }
}

extension Shell {
    /// The objects that have to do with one.
    func openRelated(_ target: ObjectTarget) {
        let own = target.scope()
        let sources = ObjectPool.sources(session.catalog, namespace: target.namespace)
        push(
            TreeScreen(
                name: "related", heading: "Related", detail: target.text, shell: self, following: [own] + sources.map(\.scope)
            ) { mirrors in
                await RelatedObjects.sections(of: try mirrors.object(target, own), sources, mirrors)
            })
    }
}

nonisolated extension RelatedObjects {
    /// Put together beside the main loop.
    @concurrent fileprivate static func sections(
        of object: KubernetesObject, _ sources: [ObjectPool.Source], _ mirrors: ListScreen.Mirrors
    ) async -> [TreeNode] {
        RelatedObjects(pool: ObjectPool(sources, mirrors), object: object).sections
    }
}
