import KubernetesModel

/// Reads the document in a request's body.
struct RequestBody {
    let request: APIRequest
    /// What the endpoint takes.
    let expected: GroupVersionKind
    let isCustom: Bool

    /// The object, with the kind it is expected to have, and the paths of members that stood twice.
    func object() throws(StatusError) -> (object: KubernetesObject, duplicates: [String]) {
        let (value, duplicates) = try document()
        return (try checked(value), duplicates)
    }

    /// Whatever the body says, of whatever kind.
    func document() throws(StatusError) -> (value: JSONValue, duplicates: [String]) {
        let protobuf = "application/vnd.kubernetes.protobuf"
        let accepted = ["application/json", "application/yaml"] + (isCustom ? [] : [protobuf])
        let type = MediaType(request.header("content-type") ?? "").name
        guard type.isEmpty || accepted.contains(type), let document = request.document else { throw .unsupportedMediaType(accepted) }
        switch document.value {
        case .success(let value): return (value, document.duplicates)
        case .failure(.json(let error)):
            throw unrecognized("couldn't get version/kind; json parse error: \(GoJSONMessage.text(error, in: request.body))")
        case .failure(.yaml(let error)): throw unrecognized("couldn't get version/kind; \(error)")
        case .failure(.protobuf(let error)): throw unrecognized("\(error)")
        }
    }

    /// Gives the object the expected kind when it names none, and refuses any other.
    private func checked(_ value: JSONValue) throws(StatusError) -> KubernetesObject {
        guard var object = KubernetesObject(value) else {
            throw unrecognized(
                "couldn't get version/kind; json parse error: json: cannot unmarshal \(value.goTypeName) into Go value of type "
                    + "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }"
            )
        }
        if object.kind.isEmpty { object.kind = expected.kind }
        if object.apiVersion.isEmpty { object.apiVersion = expected.groupVersion.apiVersion }
        let found = object.groupVersionKind
        guard found.kind == expected.kind, found.group == expected.group else {
            throw .badRequest("\(found.kind) in version \"\(found.version)\" cannot be handled as a \(expected.kind): \(mismatch(found))")
        }
        guard found == expected else {
            throw .badRequest(
                "the API version in the data (\(found.groupVersion)) does not match the expected API version (\(expected.groupVersion))"
            )
        }
        if let metadata = object["metadata"], metadata != .null, metadata.objectValue == nil {
            throw .badRequest(
                "\(found.kind) in version \"\(found.version)\" cannot be handled as a \(expected.kind): json: cannot unmarshal "
                    + "\(metadata.goTypeName) into Go struct field \(found.kind).metadata of type v1.ObjectMeta"
            )
        }
        if object["metadata"]?.objectValue == nil { object["metadata"] = [:] }
        return object
    }

    /// Why one kind can't be read as another: servers convert between the kinds that they know, and find no way.
    private func mismatch(_ found: GroupVersionKind) -> String {
        let isKnown = ResourceCatalog.builtIn.resources.contains { $0.gvk == found }
        guard isKnown, !isCustom else {
            let scheme = isCustom ? "" : " in scheme \"pkg/api/legacyscheme/scheme.go:30\""
            return "no kind \"\(found.kind)\" is registered for version \"\(found.groupVersion)\"\(scheme)"
        }
        let package = expected.group.isEmpty ? "core" : expected.group.prefix { $0 != "." }
        return "converting (\(found.version).\(found.kind)) to (\(package).\(expected.kind)): unknown conversion"
    }

    private func unrecognized(_ problem: String) -> StatusError {
        .badRequest("the object provided is unrecognized (must be of type \(expected.kind)): \(problem) (\(summary))")
    }

    /// The first 30 bytes: as text when they look like JSON, in hexadecimal otherwise.
    private var summary: String {
        guard let first = request.body.first else { return "<empty>" }
        let start = request.body.prefix(30)
        let hex = start.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let text = first == UInt8(ascii: "{") ? String(decoding: start, as: UTF8.self) : hex
        return request.body.count > 30 ? text + " ..." : text
    }
}
