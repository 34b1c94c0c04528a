import KubernetesModel

/// `metrics.k8s.io`: what the kubelets measure of nodes and pods now.
struct MetricsHandler {
    let parts: ClusterParts
    let call: APICall
    let resource: APIResource

    func respond() throws(StatusError) -> APIResponse {
        guard let target = call.target, ["get", "list"].contains(call.verb) else { throw .methodNotAllowed }
        let form = try ResponseForm.negotiate(call.request)
        let objectForm = ObjectForm(resource: resource, custom: nil, shape: form.shape, now: parts.timeline.now)
        let measured = GroupResource(resource: resource.name)
        if let name = target.name {
            let key = ObjectKey(namespace: resource.isNamespaced ? target.namespace : nil, name: name)
            guard let object = parts.view.get(measured, key), let metrics = metrics(of: object) else {
                let kind = GroupResource(group: resource.group, resource: resource.kind.lowercased())
                throw .notFound(kind, resource.isNamespaced ? key.description : name)
            }
            return ResponseWriter(form: form).respond(objectForm.value(of: metrics))
        }
        guard let source = parts.registry.catalog.resource(measured) else { throw .unknownPath }
        let options = try ListOptions(call.request, target: target, resource: source)
        var items: [KubernetesObject] = []
        parts.store.forEach(measured, namespace: options.selection.namespace) { stored in
            if options.selection.matches(stored), let metrics = metrics(of: parts.view.object(stored)) { items.append(metrics) }
            return true
        }
        return ResponseWriter(form: form).respond(objectForm.list(of: items))
    }

    private func metrics(of object: KubernetesObject) -> KubernetesObject? {
        guard let measured = parts.nodes?.metrics(of: object) else { return nil }
        var metadata: JSONObject = [:]
        for key in ["name", "namespace", "labels"] { metadata[key] = object["metadata"]?[key] }
        metadata["creationTimestamp"] = .string(KubernetesTime.seconds(parts.timeline.now))
        var json: JSONObject = [
            "kind": .string(resource.kind), "apiVersion": .string(resource.groupVersion.apiVersion), "metadata": .object(metadata),
        ]
        for (key, value) in measured { json[key] = value }
        return KubernetesObject(json)
    }
}
