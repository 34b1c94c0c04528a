import KubernetesModel

/// `componentstatuses`: the control plane's parts, which all live as long as anybody can ask. Nothing of them is stored.
struct ComponentStatusHandler {
    static let resource = GroupVersionResource(resource: "componentstatuses")

    let parts: ClusterParts
    let call: APICall
    let resource: APIResource

    func respond() throws(StatusError) -> APIResponse {
        guard let target = call.target, ["get", "list"].contains(call.verb) else { throw .methodNotAllowed }
        let form = try ResponseForm.negotiate(call.request)
        let objectForm = ObjectForm(resource: resource, custom: nil, shape: form.shape, now: parts.timeline.now)
        if let name = target.name {
            guard let component = Self.components.first(where: { $0.name == name }) else {
                throw .notFound(resource.groupResource, name)
            }
            return ResponseWriter(form: form).respond(objectForm.value(of: component))
        }
        let selection = try ListOptions(call.request, target: target, resource: resource).selection
        var shared = SharedMetadata()
        let chosen = Self.components.filter { component in
            selection.matches(StoredObject(component, resource: resource.groupResource, revision: 0, sharing: &shared))
        }
        return ResponseWriter(form: form).respond(objectForm.list(of: chosen))
    }

    private static let components = ["controller-manager", "scheduler", "etcd-0"].map { name in
        KubernetesObject([
            "kind": "ComponentStatus", "apiVersion": "v1", "metadata": ["name": .string(name)],
            "conditions": [["type": "Healthy", "status": "True", "message": "ok"]],
        ])
    }
}

extension ObjectForm {
    /// A list of objects that are not stored.
    func list(of items: [KubernetesObject]) -> JSONValue {
        if case .table = shape { return TableForm(self).table(of: items, version: "", isHeaded: true) }
        return ["kind": .string(listKind), "apiVersion": .string(listVersion), "metadata": [:], "items": .array(items.map(value))]
    }
}
