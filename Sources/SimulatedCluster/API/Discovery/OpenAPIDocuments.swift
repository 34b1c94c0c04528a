import KubernetesModel

struct OpenAPIDocuments {
    init(_ registry: ResourceRegistry) {}
    func respond(to request: APIRequest, groupVersion: String) throws(StatusError) -> APIResponse { throw .unknownPath }
}
