import KubernetesModel

/// Answers requests about a part or an aspect of an object: `pods/NAME/log`, `deployments/NAME/scale`, …
struct SubresourceHandler {
    let parts: ClusterParts
    let call: APICall
    let resource: APIResource
    let target: RequestTarget

    var handler: ObjectHandler { ObjectHandler(parts: parts, call: call, resource: resource, target: target) }

    func respond() throws(StatusError) -> APIResponse {
        guard let name = target.subresource, let known = resource.subresource(name) else { throw .unknownPath }
        // Proxies are for every method, also for one that is no verb.
        guard known.verbs.contains(call.verb) || name == "proxy" && call.request.method == "OPTIONS" else { throw .methodNotAllowed }
        switch name {
        case "scale": return try ScaleHandler(handler: handler).respond()
        case "eviction": return try evict()
        case "binding": return try bind()
        case "token": return try token()
        case "log", "exec", "attach", "portforward": return try ContainerHandler(handler: handler, subresource: name).respond()
        case "proxy": return try ProxyHandler(parts: parts, call: call, target: target).respond()
        default:
            var handler = handler
            handler.subresource = name
            return try handler.respond()
        }
    }

    private func evict() throws(StatusError) -> APIResponse {
        let parameters = try WriteParameters(call.request, kind: "CreateOptions")
        let eviction = try body(kind: "Eviction", groupVersion: GroupVersion(group: "policy", version: "v1"))
        var options = DeleteOptions()
        options.gracePeriodSeconds = eviction["deleteOptions"]?["gracePeriodSeconds"]?.intValue
        options.requiredUID = eviction["deleteOptions"]?["preconditions"]?["uid"]?.stringValue
        options.isDryRun = parameters.isDryRun || eviction["deleteOptions"]?["dryRun"]?.arrayValue?.isEmpty == false
        let key = try handler.key()
        guard eviction.name.isEmpty || eviction.name == key.name else {
            throw .badRequest("name in URL does not match name in Eviction object")
        }
        _ = try parts.pipeline.evict(key, options: options, by: handler.writer(parameters), at: parts.timeline.now)
        return ObjectHandler.success(code: 201, in: try ResponseForm.negotiate(call.request))
    }

    private func bind() throws(StatusError) -> APIResponse {
        let parameters = try WriteParameters(call.request, kind: "CreateOptions")
        let binding = try body(kind: "Binding", groupVersion: GroupVersion(group: "", version: "v1"))
        return try Self.bind(try handler.key(), binding, parts: parts, by: handler.writer(parameters))
    }

    static func bind(
        _ key: ObjectKey, _ binding: KubernetesObject, parts: ClusterParts, by writer: Writer
    ) throws(StatusError) -> APIResponse {
        let target = binding.json.object("target") ?? [:]
        var errors: [FieldError] = []
        errors.checkChoice(target, "kind", ["Node", "<empty>"], at: FieldPath("target"))
        errors.checkRequired(target, "name", at: FieldPath("target"))
        guard errors.isEmpty else { throw .invalid(GroupVersionKind(group: "", version: "v1", kind: "Binding"), key.name, errors) }
        let node = target.string("name")
        _ = try parts.pipeline.bind(key, to: node, by: writer, at: parts.timeline.now)
        return ObjectHandler.success(code: 201, in: .plain)
    }

    private func token() throws(StatusError) -> APIResponse {
        let request = try body(kind: "TokenRequest", groupVersion: GroupVersion(group: "authentication.k8s.io", version: "v1"))
        let account = parts.view.object(try handler.stored())
        let answer = try parts.access.reviews.issueToken(request, for: account, at: parts.timeline.now)
        return ResponseWriter(form: try ResponseForm.negotiate(call.request)).respond(answer.value, status: 201)
    }

    private func body(kind: String, groupVersion: GroupVersion) throws(StatusError) -> KubernetesObject {
        let expected = GroupVersionKind(group: groupVersion.group, version: groupVersion.version, kind: kind)
        return try RequestBody(request: call.request, expected: expected, isCustom: false).object().object
    }
}
