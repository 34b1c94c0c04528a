import KubernetesModel

/// The patch in a request's body.
struct PatchRequest {
    enum Kind: String {
        case json = "application/json-patch+json"
        case merge = "application/merge-patch+json"
        case strategic = "application/strategic-merge-patch+json"
        case apply = "application/apply-patch+yaml"
    }

    let kind: Kind
    let document: JSONValue
    /// The paths of members that stood twice.
    let duplicates: [String]

    init(_ request: APIRequest, isCustom: Bool) throws(StatusError) {
        let type = MediaType(request.header("content-type") ?? "").name
        guard let kind = Kind(rawValue: type), let read = request.document else {
            throw StatusError(
                code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: StatusError.Details()
            )
        }
        if kind == .strategic, isCustom {
            throw .unsupportedMediaType([Kind.json, .merge, .apply].map(\.rawValue))
        }
        self.kind = kind
        duplicates = read.duplicates
        switch read.value {
        case .success(let value): document = value
        case .failure(.json(let error)): throw .badRequest("error decoding patch: \(GoJSONMessage.text(error, in: request.body))")
        case .failure(let error): throw .badRequest("error decoding YAML: \(error.cause)")
        }
    }

    /// The object as the patch leaves it.
    func apply(to value: JSONValue, kind target: GroupVersionKind) throws(StatusError) -> JSONValue {
        do throws(PatchError) {
            switch kind {
            case .json: return try JSONPatch(document).apply(to: value)
            case .merge: return try MergePatch.apply(document, to: value)
            case .strategic:
                let root = SchemaCatalog.builtIn.root(of: target) ?? .untyped
                return .object(try StrategicMergePatch(document, root: root).apply(to: value.objectValue ?? [:]))
            case .apply: return document
            }
        } catch {
            // Operations of a JSON patch that can't be done get an answer that doesn't say why.
            throw kind == .json && error.kind == .inapplicable ? Self.failed : StatusError(error)
        }
    }

    private static let failed = StatusError(
        code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
        details: StatusError.Details()
    )
}
