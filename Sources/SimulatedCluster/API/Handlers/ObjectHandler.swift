import KubernetesModel

/// Reads and writes single objects, and deletes collections.
struct ObjectHandler {
    let parts: ClusterParts
    let call: APICall
    let resource: APIResource
    let target: RequestTarget
    /// `status` and its like: the rest of the object can't be changed.
    var subresource: String?
    let warnings = WarningCollector()

    var custom: CustomResource? { parts.registry.custom(resource.gvr) }
    var storage: GroupResource { parts.registry.storage(of: resource.groupResource) }

    func respond() throws(StatusError) -> APIResponse {
        let form = try ResponseForm.negotiate(call.request)
        if call.verb != "deletecollection" { try form.checkShape(ofList: false, type: parts.registry.goType(of: resource)) }
        do throws(StatusError) {
            return try parts.pipeline.telling(warnings) { () throws(StatusError) in try respond(in: form) }
        } catch {
            var refusal = ResponseWriter.respond(error, to: call.request)
            refusal.headers += warnings.texts.map(WarningCollector.header)
            return refusal
        }
    }

    private func respond(in form: ResponseForm) throws(StatusError) -> APIResponse {
        switch call.verb {
        case "get": return try get(form)
        case "create": return try create(form)
        case "update": return try update(form)
        case "patch": return try patch(form)
        case "delete": return try delete(form)
        case "deletecollection": return try deleteCollection(form)
        default: throw .methodNotAllowed
        }
    }

    /// The key of the object that the path names.
    func key() throws(StatusError) -> ObjectKey {
        guard let name = target.name else { throw .methodNotAllowed }
        guard !resource.isNamespaced || target.namespace != nil else { throw .unknownPath }
        return ObjectKey(namespace: resource.isNamespaced ? target.namespace : nil, name: name)
    }

    func stored() throws(StatusError) -> StoredObject {
        let key = try key()
        guard let stored = parts.store.get(storage, key) else { throw .notFound(resource.groupResource, key.name) }
        return stored
    }

    func writer(_ parameters: WriteParameters) -> Writer {
        Writer(user: call.user, fieldManager: parameters.fieldManager)
    }

    func respond(_ object: KubernetesObject, in form: ResponseForm, status: Int = 200) -> APIResponse {
        let objectForm = ObjectForm(resource: resource, custom: custom, shape: form.shape, now: parts.timeline.now)
        let headers = warnings.texts.map(WarningCollector.header)
        return ResponseWriter(form: form).respond(json: objectForm.bytes(of: object), status: status, headers: headers)
    }

    // MARK: Reading and creating

    private func get(_ form: ResponseForm) throws(StatusError) -> APIResponse {
        let stored = try stored()
        if let requested = UInt64(call.request.parameter("resourceVersion") ?? ""), requested > UInt64(parts.store.revision) {
            throw .futureVersion(String(requested), current: parts.store.revision)
        }
        let objectForm = ObjectForm(resource: resource, custom: custom, shape: form.shape, now: parts.timeline.now)
        return ResponseWriter(form: form).respond(json: objectForm.bytes(of: stored))
    }

    private func create(_ form: ResponseForm) throws(StatusError) -> APIResponse {
        guard target.name == nil || target.resource == "namespaces" else { throw .methodNotAllowed }
        let parameters = try WriteParameters(call.request, kind: "CreateOptions")
        var object = try body(parameters)
        if let answer = try review(object) { return respond(answer, in: form, status: 201) }
        if resource.isNamespaced, target.namespace == nil {
            throw .badRequest("an empty namespace may not be set during creation")
        }
        try setNamespace(of: &object)
        if resource.gvr == GroupVersionResource(resource: "bindings") { return try bind(object, parameters) }
        let created = try parts.pipeline.create(
            object, as: resource, options: WriteOptions(isDryRun: parameters.isDryRun), by: writer(parameters), at: parts.timeline.now
        )
        return respond(created, in: form, status: 201)
    }

    /// Reviews are questions: they are answered and not stored.
    private func review(_ object: KubernetesObject) throws(StatusError) -> KubernetesObject? {
        guard resource.verbs == ["create"] else { return nil }
        return try parts.access.reviews.answer(object, namespace: target.namespace, by: call.user, at: parts.timeline.now)
    }

    private func bind(_ binding: KubernetesObject, _ parameters: WriteParameters) throws(StatusError) -> APIResponse {
        try SubresourceHandler.bind(
            ObjectKey(namespace: target.namespace, name: binding.name), binding, parts: parts, by: writer(parameters)
        )
    }

    // MARK: Updating

    private func update(_ form: ResponseForm) throws(StatusError) -> APIResponse {
        let parameters = try WriteParameters(call.request, kind: "UpdateOptions")
        let key = try key()
        var object = try body(parameters)
        try setNamespace(of: &object)
        try checkName(of: object, key: key)
        let sent = object
        let options = WriteOptions(isDryRun: parameters.isDryRun, subresource: subresource)
        let result = try parts.pipeline.update(
            resource, key, options: options, by: writer(parameters), at: parts.timeline.now
        ) { _ in sent }
        return respond(result, in: form)
    }

    private func patch(_ form: ResponseForm) throws(StatusError) -> APIResponse {
        let key = try key()
        let patch = try PatchRequest(call.request, isCustom: custom != nil)
        let parameters = try WriteParameters(call.request, kind: "PatchOptions", isApply: patch.kind == .apply)
        if patch.kind == .apply { return try apply(patch, key: key, parameters, form) }
        let options = WriteOptions(isDryRun: parameters.isDryRun, subresource: subresource)
        let result = try parts.pipeline.update(
            resource, key, options: options, by: writer(parameters), at: parts.timeline.now
        ) { current throws(StatusError) in
            let present = VersionConversion.convert(current, to: resource.gvk)
            guard var object = KubernetesObject(try patch.apply(to: present.value, kind: resource.gvk)) else {
                throw .badRequest("the patch leaves no object")
            }
            let check = FieldCheck(kind: resource.gvk, custom: custom)
            let problems = try check.check(&object, duplicates: patch.duplicates, parameters.fieldValidation, isPatch: true)
            for problem in problems { warnings.add(problem) }
            try checkName(of: object, key: key)
            return object
        }
        return respond(result, in: form)
    }

    private func apply(
        _ patch: PatchRequest, key: ObjectKey, _ parameters: WriteParameters, _ form: ResponseForm
    ) throws(StatusError) -> APIResponse {
        guard var object = KubernetesObject(patch.document) else {
            throw .badRequest("error decoding YAML: the patch is no object")
        }
        try checkApplied(&object, key: key)
        if let problem = AppliedStructure(object.json, root: parts.registry.fields(of: resource.gvk)).message {
            throw FieldCheck.untypable(problem, resource.gvk, key)
        }
        let check = FieldCheck(kind: resource.gvk, custom: custom)
        for problem in try check.checkApplied(&object, duplicates: patch.duplicates, parameters.fieldValidation, key: key) {
            warnings.add(problem)
        }
        let (result, isNew) = try parts.pipeline.apply(
            object, as: resource, key, options: WriteOptions(isDryRun: parameters.isDryRun, subresource: subresource),
            isForced: parameters.force ?? false, by: writer(parameters), at: parts.timeline.now
        )
        return respond(result, in: form, status: isNew ? 201 : 200)
    }

    private func checkApplied(_ object: inout KubernetesObject, key: ObjectKey) throws(StatusError) {
        let found = object.groupVersionKind
        guard found == resource.gvk else {
            throw .badRequest(
                "invalid object type: \(found.group)/\(found.version), Kind=\(found.kind): the patch must state apiVersion \(resource.groupVersion) and kind \(resource.kind)"
            )
        }
        guard object["metadata"]?["managedFields"] == nil else { throw .badRequest("metadata.managedFields must be nil") }
        try setNamespace(of: &object)
        if object.name.isEmpty { object["metadata", default: [:]]["name"] = .string(key.name) }
        try checkName(of: object, key: key)
    }

    // MARK: What requests and objects must agree on

    /// The object in the body, without fields that its kind doesn't have; the client is warned about those.
    func body(_ parameters: WriteParameters) throws(StatusError) -> KubernetesObject {
        let body = RequestBody(request: call.request, expected: resource.gvk, isCustom: custom != nil)
        var (object, duplicates) = try body.object()
        let check = FieldCheck(kind: resource.gvk, custom: custom)
        for problem in try check.check(&object, duplicates: duplicates, parameters.fieldValidation, isPatch: false) {
            warnings.add(problem)
        }
        return object
    }

    func setNamespace(of object: inout KubernetesObject) throws(StatusError) {
        guard resource.isNamespaced else { return }
        guard let namespace = object.namespace else {
            object["metadata", default: [:]]["namespace"] = target.namespace.map(JSONValue.string)
            return
        }
        guard namespace == target.namespace else {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
    }

    func checkName(of object: KubernetesObject, key: ObjectKey) throws(StatusError) {
        guard !object.name.isEmpty else {
            throw .badRequest("the name of the object (\(key.name) based on URL) was undeterminable: name must be provided")
        }
        guard object.name == key.name else {
            throw .badRequest("the name of the object (\(object.name)) does not match the name on the URL (\(key.name))")
        }
    }
}
