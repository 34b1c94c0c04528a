import KubernetesModel

/// The ports that lead into a cluster, from one run to the next.
extension Shell {
    func keepForwards(of session: ClusterSession) {
        memory(of: session).keep(.array(session.forwards.all.map(\.specification.json)), as: .forwards)
    }

    /// Forwards again what was forwarded when the cluster was left.
    func restoreForwards(of session: ClusterSession) {
        let kept = memory(of: session)[.forwards]?.arrayValue ?? []
        let present = session.forwards.all.map(\.specification.json)
        for json in kept where !present.contains(json) {
            guard let specification = ForwardSpecification(json, catalog: session.catalog) else { continue }
            ForwardAction.begin(specification, of: session, in: self)
        }
    }
}

extension ForwardSpecification {
    var json: JSONValue {
        var json: JSONObject = [
            "apiVersion": .string(target.resource.groupVersion.apiVersion), "resource": .string(target.resource.name),
            "name": .string(target.name), "port": .string(port), "address": .string(address), "localPort": JSONValue(localPort),
        ]
        json["namespace"] = target.namespace.map(JSONValue.string)
        if target.resource.name == "pods" { json["labelSelector"] = labelSelector.map(JSONValue.string) }
        return .object(json)
    }

    /// As `json` wrote it; nil for what can't be forwarded any more.
    init?(_ json: JSONValue, catalog: ResourceCatalog) {
        let groupVersion = GroupVersion(apiVersion: json["apiVersion"]?.stringValue ?? "")
        let gvr = GroupVersionResource(groupVersion: groupVersion, resource: json["resource"]?.stringValue ?? "")
        guard let resource = catalog.resource(gvr), let name = json["name"]?.stringValue, let port = json["port"]?.stringValue,
            let address = json["address"]?.stringValue, let localPort = json["localPort"]?.intValue, (0...65_535).contains(localPort)
        else { return nil }
        let target = ObjectTarget(resource: resource, namespace: json["namespace"]?.stringValue, name: name)
        self.init(
            target: target, port: port, address: address, localPort: localPort, labelSelector: json["labelSelector"]?.stringValue)
    }
}
