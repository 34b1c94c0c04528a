import KubernetesModel

/// What an API server tells of itself as the issuer of service accounts' tokens, so that others can check them: the
/// documents of OpenID Connect.
struct IssuerMetadata {
    /// Where the documents are, with a slash behind or without.
    static let paths = ["/.well-known/openid-configuration", keysPath]
    private static let keysPath = "/openid/v1/jwks"

    let tokens: ServiceAccountTokens

    /// Nil for paths of something else.
    func respond(to request: APIRequest) throws(StatusError) -> APIResponse? {
        let path = request.path.hasSuffix("/") ? String(request.path.dropLast()) : request.path
        guard Self.paths.contains(path) else { return nil }
        guard request.method == "GET" else { throw .methodNotAllowed }
        let isKeys = path == Self.keysPath
        let type = isKeys ? "application/jwk-set+json" : "application/json"
        guard MediaType.list(request.header("accept") ?? "*/*").contains(where: { $0.accepts(type) }) else {
            throw .notRouted(offering: [type])
        }
        return APIResponse(
            status: 200, headers: [("content-type", type), ("cache-control", "public, max-age=3600")],
            body: .bytes(JSONWriter.compact(isKeys ? keys : configuration))
        )
    }

    private var keys: JSONValue { ["keys": [tokens.key.publicJSON]] }

    private var configuration: JSONValue {
        [
            "issuer": .string(ServiceAccountTokens.issuer),
            "jwks_uri": .string("https://\(Furniture.serverAddress):\(Furniture.serverPort)\(Self.keysPath)"),
            "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [.string(TokenSigningKey.algorithm)],
        ]
    }
}
