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
        guard let kind = Kind(rawValue: type) else {
            throw StatusError(
                code: 415, reason: "UnsupportedMediaType", message: "415: Unsupported Media Type", details: StatusError.Details()
            )
        }
        if kind == .strategic, isCustom {
            throw .unsupportedMediaType([Kind.json, .merge, .apply].map(\.rawValue))
        }
        self.kind = kind
        if kind == .apply {
            (document, duplicates) = (try Self.yaml(request.body), [])
        } else {
            (document, duplicates) = try Self.json(request.body)
        }
    }

    /// The object as the patch leaves it.
    func apply(to value: JSONValue, kind target: GroupVersionKind) throws(StatusError) -> JSONValue {
        do {
            switch kind {
            case .merge, .strategic: return try merged(value)
            case .json, .apply: return document
            }
        } catch let error as StatusError {
            throw error
        } catch {
            throw .badRequest("\(error)")
        }
    }

    private func merged(_ value: JSONValue) throws -> JSONValue {
        guard document.objectValue != nil else { throw StatusError.badRequest("error decoding patch: the patch must be an object") }
        return MergePatching.apply(document, to: value)
    }

    /// What a JSON patch gets whose operations can't be done.
    private static let failed = StatusError(
        code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
        details: StatusError.Details()
    )

    private static func json(_ bytes: [UInt8]) throws(StatusError) -> (JSONValue, [String]) {
        var parser = JSONParser(options: JSONParser.Options(reportsDuplicates: true))
        do {
            let document = try parser.parse(bytes)
            return (document, parser.duplicates)
        } catch {
            throw .badRequest("error decoding patch: \(GoJSONMessage.text(error, in: bytes))")
        }
    }

    private static func yaml(_ bytes: [UInt8]) throws(StatusError) -> JSONValue {
        if let json = try? JSONParser.parse(bytes) { return json }
        do {
            return try YAML.parse(String(decoding: bytes, as: UTF8.self)).first ?? .null
        } catch {
            throw .badRequest("error decoding YAML: \(error)")
        }
    }
}
