package import KubernetesModel

/// The object that an action is about.
nonisolated package struct ObjectTarget: Sendable, Hashable {
    package let resource: APIResource
    /// Nil for what belongs to no namespace.
    package let namespace: String?
    package let name: String
    /// The cluster it was seen in, where a view shows several; nil is the one that is explored.
    package let session: ClusterSession?

    package init(resource: APIResource, namespace: String?, name: String, in session: ClusterSession? = nil) {
        self.session = session
        self.resource = resource
        self.namespace = resource.isNamespaced ? namespace : nil
        self.name = name
    }

    /// `deployment shop/checkout`, as messages call it.
    package var text: String {
        "\(resource.singularName) \(namespace.map { $0 + "/" } ?? "")\(name)"
    }

    func bound(to session: ClusterSession) -> ObjectTarget {
        ObjectTarget(resource: resource, namespace: namespace, name: name, in: session)
    }

    var unbound: ObjectTarget { ObjectTarget(resource: resource, namespace: namespace, name: name) }
}

extension Shell {
    /// The cluster of what was selected just now.
    func session(of target: ObjectTarget) -> ClusterSession { target.session ?? session }

    /// A target that stays in its cluster while something is awaited, whatever is selected meanwhile.
    func bound(_ target: ObjectTarget) -> ObjectTarget { target.bound(to: session(of: target)) }
}
