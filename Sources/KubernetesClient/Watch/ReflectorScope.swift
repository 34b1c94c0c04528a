package import KubernetesModel

/// What a reflector follows: the objects of one resource, in one namespace or all, chosen by selectors.
package struct ReflectorScope: Sendable, Hashable {
    /// How much of each object the server is asked for.
    package enum Detail: Sendable, Hashable {
        /// All of it without `managedFields`.
        case whole
        /// All of it, and who manages its fields.
        case managed
        /// Names, labels, owners and the like, of the kind `PartialObjectMetadata`.
        case metadata
        /// The same, and who manages the object's fields.
        case managedMetadata
    }

    package var resource: GroupVersionResource
    /// Nil means all namespaces, or a resource of the whole cluster.
    package var namespace: String?
    package var labelSelector: String?
    package var fieldSelector: String?
    package var detail: Detail

    package init(
        _ resource: GroupVersionResource, namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil,
        detail: Detail = .whole
    ) {
        self.resource = resource
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.detail = detail
    }

    /// The selectors, as query parameters.
    var query: [(name: String, value: String)] {
        [("labelSelector", labelSelector), ("fieldSelector", fieldSelector)].compactMap { name, value in value.map { (name, $0) } }
    }

    /// In what form a list is wanted.
    var acceptedList: String { accepted("PartialObjectMetadataList") }
    /// In what form the objects of a watch are wanted.
    var acceptedObject: String { accepted("PartialObjectMetadata") }

    private func accepted(_ metadata: String) -> String {
        switch detail {
        case .whole, .managed: "application/json"
        case .metadata, .managedMetadata: "application/json;as=\(metadata);g=meta.k8s.io;v=v1"
        }
    }

    var parsing: JSONParser.Options {
        switch detail {
        case .whole, .metadata: .withoutManagedFields
        case .managed, .managedMetadata: .standard
        }
    }
}
