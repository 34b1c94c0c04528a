package import KubernetesModel

/// The object that an action is about.
package struct ObjectTarget: Sendable, Hashable {
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
}
