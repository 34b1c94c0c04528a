package import KubernetesModel

/// Read access to the cluster for controllers, scheduler and kubelets, as objects ready to read.
package final class ClusterView {
    package let store: ObjectStore
    private var trees = RecentTrees()

    package init(_ store: ObjectStore) {
        self.store = store
    }

    package var revision: Int { store.revision }

    package func get(_ resource: GroupResource, _ key: ObjectKey) -> KubernetesObject? {
        store.get(resource, key).map(object)
    }

    /// Objects in the order of their keys.
    package func list(
        _ resource: GroupResource, namespace: String? = nil, where isIncluded: ((StoredObject) -> Bool)? = nil
    ) -> [KubernetesObject] {
        var objects: [KubernetesObject] = []
        store.forEach(resource, namespace: namespace) { stored in
            if isIncluded?(stored) ?? true { objects.append(object(stored)) }
            return true
        }
        return objects
    }

    /// The objects of a resource that a selector picks by their labels.
    package func list(_ resource: GroupResource, namespace: String?, selector: LabelSelector) -> [KubernetesObject] {
        list(resource, namespace: namespace) { selector.matches($0.labels) }
    }

    /// The objects that name `uid` among their owners, of any resource or of one.
    package func owned(by uid: String, resource: GroupResource? = nil) -> [KubernetesObject] {
        (resource.map { store.owned(by: uid, resource: $0) } ?? store.owned(by: uid)).map(object)
    }

    package func pods(onNode node: String) -> [KubernetesObject] {
        store.pods(onNode: node).map(object)
    }

    /// The tree of a stored object, parsed once while it is in use.
    package func object(_ stored: StoredObject) -> KubernetesObject {
        trees.tree(of: stored) { store.latest.flatMap { $0.stored === stored ? $0.object : nil } ?? stored.object.parsed() }
    }
}
