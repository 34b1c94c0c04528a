import KubernetesModel

/// Resources of which every request tells that there is something better.
enum DeprecatedResources {
    private static let builtIn: [GroupVersionResource: String] = [
        GroupVersionResource(resource: "endpoints"): "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
        GroupVersionResource(resource: "componentstatuses"): "v1 ComponentStatus is deprecated in v1.19+",
    ]

    static func warning(about resource: APIResource, custom: CustomResource?) -> String? {
        custom?.deprecationWarning ?? builtIn[resource.gvr]
    }
}
