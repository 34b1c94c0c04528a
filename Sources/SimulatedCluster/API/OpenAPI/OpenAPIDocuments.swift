import KubernetesModel

/// OpenAPI v3: an index of group versions, and a document for each, made when it is first asked for; and v2, all in one.
final class OpenAPIDocuments {
    private let registry: ResourceRegistry
    private var documents: [GroupVersion: [UInt8]] = [:]
    private var swagger: SwaggerForms?

    private struct SwaggerForms {
        let json: [UInt8]
        let protobuf: [UInt8]
        let jsonHash: String
        let protobufHash: String
    }

    private var generation = 0

    init(_ registry: ResourceRegistry) {
        self.registry = registry
    }

    /// - Parameter path: what follows `/openapi/v3`: empty for the index, or `api/v1`, `apis/apps/v1`.
    func respond(to request: APIRequest, path: String) throws(StatusError) -> APIResponse {
        let writer = ResponseWriter(form: try ResponseForm.negotiate(request))
        if path.isEmpty { return writer.respond(index) }
        guard let groupVersion = registry.catalog.groupVersions.first(where: { $0.path == "/\(path)" }) else {
            return RootPaths.notFound
        }
        let hash = hash(of: groupVersion)
        let asked = request.parameter("hash") ?? ""
        guard asked.isEmpty || asked == hash else {
            return APIResponse(status: 301, headers: [("location", location(of: groupVersion))], body: .bytes([]))
        }
        var headers: [(name: String, value: String)] = [("etag", "\"\(hash)\""), ("vary", "Accept")]
        headers.append(("cache-control", asked.isEmpty ? "no-cache, private" : "public, immutable"))
        if request.header("if-none-match") == "\"\(hash)\"" { return APIResponse(status: 304, headers: headers, body: .bytes([])) }
        return try respond(document(of: groupVersion), to: request, headers: headers)
    }

    /// The bytes are the same for all who ask: nobody gets a copy of his own, unless it is in another form.
    private func respond(
        _ json: [UInt8], to request: APIRequest, headers: [(name: String, value: String)]
    ) throws(StatusError) -> APIResponse {
        let form = try ResponseForm.negotiate(request)
        guard form.encoding == .json, !form.isPretty else {
            return ResponseWriter(form: form).respond(json: json, headers: headers)
        }
        return APIResponse(status: 200, headers: [("content-type", form.contentType)] + headers, body: .bytes(json))
    }

    /// OpenAPI v2, in protobuf for those who accept that first.
    func respondWithSwagger(to request: APIRequest) throws(StatusError) -> APIResponse {
        let forms = swaggerForms()
        let isProtobuf = SwaggerProtobuf.isAccepted(request.header("accept") ?? "")
        let etag = "\"\(isProtobuf ? forms.protobufHash : forms.jsonHash)\""
        let headers = [(name: "etag", value: etag), (name: "vary", value: "Accept")]
        if request.header("if-none-match") == etag { return APIResponse(status: 304, headers: headers, body: .bytes([])) }
        guard isProtobuf else {
            return try respond(forms.json, to: request, headers: headers)
        }
        return APIResponse(
            status: 200, headers: [("content-type", SwaggerProtobuf.contentType)] + headers, body: .bytes(forms.protobuf))
    }

    private func swaggerForms() -> SwaggerForms {
        forgetOutdated()
        if let swagger { return swagger }
        let documents = registry.catalog.groupVersions.map { OpenAPIWriter(registry: registry, groupVersion: $0).document }
        let document = SwaggerDocument(documents).json
        let (json, protobuf) = (JSONWriter.compact(document) + [UInt8(ascii: "\n")], SwaggerProtobuf.bytes(of: document))
        let forms = SwaggerForms(
            json: json, protobuf: protobuf, jsonHash: ContentHash.text(of: json), protobufHash: ContentHash.text(of: protobuf))
        swagger = forms
        return forms
    }

    private func forgetOutdated() {
        guard generation != registry.generation else { return }
        generation = registry.generation
        documents = [:]
        swagger = nil
    }

    private var index: JSONValue {
        let paths = registry.catalog.groupVersions.map { groupVersion in
            (String(groupVersion.path.dropFirst()), ["serverRelativeURL": .string(location(of: groupVersion))] as JSONValue)
        }
        return ["paths": .object(JSONObject(paths))]
    }

    private func location(of groupVersion: GroupVersion) -> String {
        "/openapi/v3\(groupVersion.path)?hash=\(hash(of: groupVersion))"
    }

    /// Documents are made of constants and of the schemas of custom resources: those name the content.
    private func hash(of groupVersion: GroupVersion) -> String {
        let custom = registry.catalog.resources(in: groupVersion).compactMap { registry.custom($0.gvr)?.schema.description }
        return ContentHash.text(of: Array("\(RootPaths.kubernetesVersion) \(groupVersion) \(custom.joined())".utf8))
    }

    private func document(of groupVersion: GroupVersion) -> [UInt8] {
        forgetOutdated()
        if let known = documents[groupVersion] { return known }
        let bytes = JSONWriter.compact(OpenAPIWriter(registry: registry, groupVersion: groupVersion).document) + [UInt8(ascii: "\n")]
        documents[groupVersion] = bytes
        return bytes
    }
}
