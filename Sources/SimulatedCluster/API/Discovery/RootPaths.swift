import KubernetesModel

/// Answers paths that name no resource: discovery, version, health, OpenAPI.
struct RootPaths {
    let parts: ClusterParts
    let hub: WatchHub
    let openAPI: OpenAPIDocuments

    func respond(to call: APICall) throws(StatusError) -> APIResponse {
        let request = call.request
        if let endpoint = parts.endpoints[request.path] { return try endpoint(request) }
        if let answer = try IssuerMetadata(tokens: parts.access.authenticator.tokens).respond(to: request) { return answer }
        let path = request.path.split(separator: "/").map(String.init)
        let isRouted = ["api", "apis", "version"].contains(path.first)
        guard request.method == "GET" || request.method == "HEAD" && !isRouted else { throw .methodNotAllowed }
        switch path.first {
        case nil: return try json(request, ["paths": JSONValue(paths)])
        case "healthz", "livez", "readyz": return health(path, request)
        case "metrics" where path.count == 1: return ServerMetrics(parts: parts, hub: hub).respond()
        case "version" where path.count == 1: return try json(request, Self.version)
        case "openapi" where path.count > 1 && path[1] == "v3":
            return try openAPI.respond(to: request, path: path.dropFirst(2).joined(separator: "/"))
        case "openapi" where path == ["openapi", "v2"]: return try openAPI.respondWithSwagger(to: request)
        case "api", "apis": return try Discovery(parts.registry).respond(to: request, path: path)
        default: return Self.notFound
        }
    }

    static let notFound = APIResponse.text("404 page not found\n", status: 404)

    private func json(_ request: APIRequest, _ value: JSONValue) throws(StatusError) -> APIResponse {
        ResponseWriter(form: try ResponseForm.negotiate(request)).respond(value)
    }

    private var paths: [String] {
        let groups = parts.registry.catalog.groups.filter { !$0.name.isEmpty }
        let served = groups.flatMap { group in ["/apis/\(group.name)"] + group.versions.map(\.path) }
        let own = ["/api", "/api/v1", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/readyz", "/version"]
        return (IssuerMetadata.paths + own + served).sorted()
    }

    private static let version: JSONValue = [
        "major": "1", "minor": "36", "emulationMajor": "1", "emulationMinor": "36", "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "35", "gitVersion": .string(kubernetesVersion), "gitCommit": "", "gitTreeState": "clean",
        "buildDate": "2026-01-01T00:00:00Z", "goVersion": "go1.26.0", "compiler": "gc", "platform": "linux/amd64",
    ]

    /// The version that the cluster and its nodes report.
    package static let kubernetesVersion = "v1.36.2"

    private func health(_ path: [String], _ request: APIRequest) -> APIResponse {
        let checks = ["ping", "log", "etcd"]
        if path.count == 2 { return checks.contains(path[1]) ? .text("ok") : Self.notFound }
        guard path.count == 1 else { return Self.notFound }
        guard request.flag("verbose") else { return .text("ok") }
        let excluded = request.query.filter { $0.name == "exclude" }.map(\.value)
        let lines = checks.map { excluded.contains($0) ? "[+]\($0) excluded: ok" : "[+]\($0) ok" }
        return .text(lines.joined(separator: "\n") + "\n\(path[0]) check passed\n")
    }
}
