import KubernetesModel

/// The representation that a client asked for.
struct ResponseForm: Hashable {
    enum Encoding: Hashable {
        case json
        case yaml
    }

    enum Shape: Hashable {
        case object
        /// Only the metadata, of one object or of a list's.
        case metadata(MetaVersion, ofList: Bool)
        case table(IncludedObject, MetaVersion)
    }

    /// Of the group `meta.k8s.io`.
    enum MetaVersion: String, Hashable {
        case v1
        case v1beta1

        var apiVersion: String { "meta.k8s.io/\(rawValue)" }
    }

    /// What the rows of a table carry of their objects.
    enum IncludedObject: String, Hashable {
        case none = "None"
        case metadata = "Metadata"
        case object = "Object"
    }

    var encoding = Encoding.json
    var shape = Shape.object
    var isPretty = false

    static let plain = ResponseForm()

    var contentType: String { encoding == .json ? "application/json" : "application/yaml" }

    /// The first form of the `Accept` header that can be served.
    static func negotiate(_ request: APIRequest) throws(StatusError) -> ResponseForm {
        let accepted = MediaType.list(request.header("accept") ?? "*/*")
        let types = accepted.isEmpty ? [MediaType("*/*")] : accepted
        for type in types {
            guard let encoding = encoding(of: type), let shape = try shape(of: type, request) else { continue }
            return ResponseForm(encoding: encoding, shape: shape, isPretty: isPretty(request))
        }
        let isKnown = types.contains { type in offered.contains(where: type.accepts) }
        throw isKnown ? .notAcceptable(offered) : .notRouted(offering: routed)
    }

    private static let offered = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"]

    private static let routed = offered + streamed
    /// What a real server streams.
    static let streamed = ["application/json;stream=watch", "application/vnd.kubernetes.protobuf;stream=watch"]

    private static func encoding(of type: MediaType) -> Encoding? {
        if type.accepts("application/json") { return .json }
        return type.accepts("application/yaml") ? .yaml : nil
    }

    /// Nil for shapes that aren't known: the next entry is tried.
    private static func shape(of type: MediaType, _ request: APIRequest) throws(StatusError) -> Shape? {
        guard let name = type.parameters["as"] else { return .object }
        guard type.parameters["g"] == "meta.k8s.io", let version = type.parameters["v"].flatMap(MetaVersion.init) else { return nil }
        switch name {
        case "PartialObjectMetadata": return .metadata(version, ofList: false)
        case "PartialObjectMetadataList": return .metadata(version, ofList: true)
        case "Table": return .table(try included(request), version)
        default: return nil
        }
    }

    /// The metadata of an object are asked for by another name than those of a list.
    func checkShape(ofList isList: Bool, type: String) throws(StatusError) {
        guard case .metadata(_, let ofList) = shape, ofList != isList else { return }
        let message =
            isList
            ? "you requested PartialObjectMetadata, but the requested object is a list (\(type)List)"
            : "you requested PartialObjectMetadataList, but the requested object is not a list (\(type))"
        throw StatusError(code: 406, reason: "NotAcceptable", message: message)
    }

    private static func included(_ request: APIRequest) throws(StatusError) -> IncludedObject {
        guard let policy = request.parameter("includeObject"), !policy.isEmpty else { return .metadata }
        guard let included = IncludedObject(rawValue: policy) else {
            throw .badRequest("unrecognized includeObject value: \"\(policy)\"")
        }
        return included
    }

    /// Browsers and curl are people.
    private static func isPretty(_ request: APIRequest) -> Bool {
        if request.parameter("pretty") != nil { return request.flag("pretty") }
        let agent = request.header("user-agent") ?? ""
        return ["curl/", "Wget/", "Mozilla/"].contains { agent.hasPrefix($0) }
    }
}

extension ResourceRegistry {
    /// The type that holds an object in a real API server.
    func goType(of resource: APIResource) -> String {
        if custom(resource.gvr) != nil { return "*unstructured.Unstructured" }
        switch resource.group {
        case "", "events.k8s.io": return "*core.\(resource.kind)"
        case "internal.apiserver.k8s.io": return "*apiserverinternal.\(resource.kind)"
        default: return "*\(resource.group.prefix { $0 != "." }).\(resource.kind)"
        }
    }
}
