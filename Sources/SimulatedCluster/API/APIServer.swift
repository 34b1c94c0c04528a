import KubernetesModel

/// Answers requests to the API: who asks, whether they may, what they mean, and in which form they want the answer.
final class APIServer {
    let parts: ClusterParts
    let hub: WatchHub
    private let openAPI: OpenAPIDocuments
    private let flows: FlowClassifier
    /// Of its own, so that reading doesn't change what the cluster does.
    private let auditIDs = Randomness(seed: StableHash.fnv64("audit"))

    init(_ parts: ClusterParts) {
        self.parts = parts
        hub = WatchHub(parts)
        openAPI = OpenAPIDocuments(parts.registry)
        flows = FlowClassifier(parts.view)
    }

    func handle(_ request: APIRequest) -> APIResponse {
        var response = response({ () throws(StatusError) in try respond(to: request) }, to: request)
        parts.requests.count(request, response)
        response.headers.append(("audit-id", request.header("audit-id") ?? auditIDs.uuid()))
        if !response.headers.contains(where: { $0.name == "cache-control" }) {
            response.headers.append(("cache-control", "no-cache, private"))
        }
        return response
    }

    /// What `answer` gives, an error as a document too.
    private func response(_ answer: () throws(StatusError) -> APIResponse, to request: APIRequest) -> APIResponse {
        do throws(StatusError) {
            return try answer()
        } catch {
            return ResponseWriter.respond(error, to: request)
        }
    }

    private func respond(to request: APIRequest) throws(StatusError) -> APIResponse {
        guard request.body.count <= APIRequest.bodyLimit else { throw .tooLarge(limit: APIRequest.bodyLimit) }
        let user = try parts.access.authenticator.authenticate(request)
        let call = APICall(request: request, target: RequestTarget(path: request.path), user: user)
        var response = response({ () throws(StatusError) in try respond(to: call) }, to: request)
        response.headers += flows.headers(for: call.attributes)
        return response
    }

    private func respond(to call: APICall) throws(StatusError) -> APIResponse {
        let request = call.request
        try AccessCheck(parts).check(call.attributes)
        guard let target = call.target else { return try RootPaths(parts: parts, hub: hub, openAPI: openAPI).respond(to: call) }
        // Resources are routed by method, and for this one there are routes to proxies only.
        guard request.method != "HEAD" || target.subresource == "proxy" else { throw .methodNotAllowed }
        guard let resource = parts.registry.resource(target.gvr),
            let warning = parts.registry.deprecation(of: resource)
        else { return try respond(to: call, about: target) }
        var response = response({ () throws(StatusError) in try respond(to: call, about: target) }, to: request)
        response.headers.append(WarningCollector.header(warning))
        return response
    }

    private func respond(to call: APICall, about target: RequestTarget) throws(StatusError) -> APIResponse {
        guard let resource = parts.registry.resource(target.gvr) else {
            let isKnownGroup = parts.registry.catalog.groupVersions.contains { $0.group == target.groupVersion.group }
            if isKnownGroup { throw .unknownPath }
            return .text("404 page not found\n", status: 404)
        }
        guard resource.isNamespaced || target.namespace == nil || target.resource == "namespaces" else { throw .unknownPath }
        if target.subresource != nil {
            return try SubresourceHandler(parts: parts, call: call, resource: resource, target: target).respond()
        }
        if resource.group == "metrics.k8s.io" { return try MetricsHandler(parts: parts, call: call, resource: resource).respond() }
        if resource.gvr == ComponentStatusHandler.resource {
            return try ComponentStatusHandler(parts: parts, call: call, resource: resource).respond()
        }
        guard !resource.verbs.isEmpty, resource.supports(call.verb) else { throw .methodNotAllowed }
        guard !resource.isNamespaced || target.namespace != nil || target.name != nil || ["watch", "list"].contains(call.verb) else {
            // In all namespaces at once things can be read only.
            if parts.registry.custom(target.gvr) != nil { return .text("404 page not found\n", status: 404) }
            throw .methodNotAllowed
        }
        switch call.verb {
        case "watch", "list": return try readCollection(call, resource, target)
        default: return try ObjectHandler(parts: parts, call: call, resource: resource, target: target).respond()
        }
    }

    private func readCollection(_ call: APICall, _ resource: APIResource, _ target: RequestTarget) throws(StatusError) -> APIResponse {
        let form = try ResponseForm.negotiate(call.request)
        let options = try ListOptions(call.request, target: target, resource: resource, custom: parts.registry.custom(target.gvr))
        if options.isWatch {
            guard form.encoding == .json else { throw .notAcceptable(ResponseForm.streamed) }
            return hub.open(resource, options: options, form: form)
        }
        try form.checkShape(ofList: true, type: parts.registry.goType(of: resource))
        return try ListHandler(parts: parts, resource: resource, options: options).respond(in: form)
    }
}
