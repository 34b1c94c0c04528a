package import KubernetesModel

/// What a reflector follows: the objects of one resource, in one namespace or all, chosen by selectors.
package struct ReflectorScope: Sendable, Hashable {
    package var resource: GroupVersionResource
    /// Nil means all namespaces, or a resource of the whole cluster.
    package var namespace: String?
    package var labelSelector: String?
    package var fieldSelector: String?

    package init(
        _ resource: GroupVersionResource, namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil
    ) {
        self.resource = resource
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
    }

    var path: String { resource.path(namespace: namespace) }

    /// The selectors, as query parameters.
    var query: [(name: String, value: String)] {
        [("labelSelector", labelSelector), ("fieldSelector", fieldSelector)].compactMap { name, value in value.map { (name, $0) } }
    }
}
