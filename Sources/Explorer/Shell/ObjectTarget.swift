package import KubernetesModel

/// The object that an action is about.
nonisolated package struct ObjectTarget: Sendable {
    package let resource: APIResource
    /// Nil for what belongs to no namespace.
    package let namespace: String?
    package let name: String
    /// Which of the objects that have had this name it is, where that is known.
    package let uid: String?
    /// The cluster it was seen in, where a view shows several; nil is the one that is explored.
    package let session: ClusterSession?

    package init(resource: APIResource, namespace: String?, name: String, uid: String? = nil, in session: ClusterSession? = nil) {
        self.session = session
        self.resource = resource
        self.namespace = resource.isNamespaced ? namespace : nil
        self.name = name
        self.uid = uid
    }

    /// `deployment shop/checkout`, as messages call it.
    package var text: String {
        "\(resource.singularName) \(namespace.map { $0 + "/" } ?? "")\(name)"
    }

    func bound(to session: ClusterSession) -> ObjectTarget {
        ObjectTarget(resource: resource, namespace: namespace, name: name, uid: uid, in: session)
    }

    var unbound: ObjectTarget { ObjectTarget(resource: resource, namespace: namespace, name: name, uid: uid) }
}

/// The same place in the same cluster, whatever lies there.
extension ObjectTarget: Hashable {
    nonisolated package static func == (left: ObjectTarget, right: ObjectTarget) -> Bool {
        left.name == right.name && left.namespace == right.namespace && left.resource == right.resource && left.session == right.session
    }

    nonisolated package func hash(into hasher: inout Hasher) {
        hasher.combine(resource)
        hasher.combine(namespace)
        hasher.combine(name)
        hasher.combine(session)
    }
}

extension Shell {
    /// The cluster of what was selected just now.
    func session(of target: ObjectTarget) -> ClusterSession { target.session ?? session }

    /// A target that stays in its cluster while something is awaited, whatever is selected meanwhile.
    func bound(_ target: ObjectTarget) -> ObjectTarget { target.bound(to: session(of: target)) }
}
