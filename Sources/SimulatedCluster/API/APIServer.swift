import KubernetesModel

/// Answers requests to the API.
final class APIServer {
    let parts: ClusterParts

    init(_ parts: ClusterParts) {
        self.parts = parts
    }

    func handle(_ request: APIRequest) -> APIResponse {
        switch request.path {
        case "/healthz", "/livez", "/readyz": .text("ok")
        default: .text("404 page not found\n", status: 404)
        }
    }
}
