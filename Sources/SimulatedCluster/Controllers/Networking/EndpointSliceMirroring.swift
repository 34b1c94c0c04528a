import KubernetesModel

/// Copies Endpoints that somebody wrote by hand, for a Service without a selector, into EndpointSlices.
struct EndpointSliceMirroring: Controller {
    let name = "endpointslicemirroring-controller"
    let watches = [Resource.endpoints, Resource.services, Resource.endpointSlices]
    private static let manager = "endpointslicemirroring-controller.k8s.io"
    private static let managedBy = "endpointslice.kubernetes.io/managed-by"
    private static let skip = "endpointslice.kubernetes.io/skip-mirror"
    private static let notCopied: Set = ["endpoints.kubernetes.io/managed-by", "service.kubernetes.io/headless"]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        guard change.resource == Resource.endpointSlices else { return [WorkKey(Resource.endpoints, change.key)] }
        guard change.object.labels[Self.managedBy] == Self.manager, let service = change.object.labels["kubernetes.io/service-name"]
        else { return [] }
        return [WorkKey(Resource.endpoints, ObjectKey(namespace: change.key.namespace, name: service))]
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        let endpoints = view.get(Resource.endpoints, key.key)
        var existing = endpoints.map { view.owned(by: $0.uid, resource: Resource.endpointSlices) } ?? []
        existing.removeAll { $0.metadata.labels[Self.managedBy] != Self.manager }
        var writes: [Write] = []
        if let endpoints, isMirrored(endpoints, in: view) {
            for subset in endpoints["subsets"]?.arrayValue ?? [] {
                let wanted = slice(of: subset, endpoints)
                guard let index = existing.firstIndex(where: { $0["ports"] == wanted["ports"] }) else {
                    writes.append(.create(wanted))
                    continue
                }
                var updated = existing.remove(at: index)
                let old = updated
                updated["endpoints"] = wanted["endpoints"]
                updated.metadata.labels = wanted.metadata.labels
                if updated != old { writes.append(.update(updated)) }
            }
        }
        return Reconciliation(writes: writes + existing.map { .delete(Resource.endpointSlices, $0.key) })
    }

    private func isMirrored(_ endpoints: KubernetesObject, in view: ClusterView) -> Bool {
        let metadata = endpoints.metadata
        guard metadata.labels[Self.skip] != "true", metadata.annotations["control-plane.alpha.kubernetes.io/leader"] == nil,
            let service = view.get(Resource.services, endpoints.key)
        else { return false }
        return service.spec["selector"]?.objectValue?.isEmpty ?? true
    }

    private func slice(of subset: JSONValue, _ endpoints: KubernetesObject) -> KubernetesObject {
        let ready = (subset["addresses"]?.arrayValue ?? []).map { endpoint($0, isReady: true) }
        let others = (subset["notReadyAddresses"]?.arrayValue ?? []).map { endpoint($0, isReady: false) }
        var labels = endpoints.metadata.labels.filter { !Self.notCopied.contains($0.key) }
        labels["kubernetes.io/service-name"] = endpoints.name
        labels[Self.managedBy] = Self.manager
        var metadata: JSONObject = ["generateName": .string("\(endpoints.name)-"), "labels": JSONValue(labels)]
        metadata["namespace"] = endpoints.namespace.map(JSONValue.string)
        metadata["ownerReferences"] = [endpoints.controllerReference]
        let ports = (subset["ports"]?.arrayValue ?? []).map { port -> JSONValue in
            ["name": port["name"] ?? "", "port": port["port"] ?? 0, "protocol": port["protocol"] ?? "TCP"]
        }
        let isIPv6 = (ready + others).contains { $0["addresses"]?[0]?.stringValue?.contains(":") ?? false }
        return KubernetesObject([
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": .object(metadata),
            "addressType": isIPv6 ? "IPv6" : "IPv4", "endpoints": .array(ready + others), "ports": .array(ports),
        ])
    }

    private func endpoint(_ address: JSONValue, isReady: Bool) -> JSONValue {
        var json: JSONObject = ["addresses": [address["ip"] ?? ""], "conditions": ["ready": JSONValue(isReady)]]
        for key in ["hostname", "nodeName", "targetRef"] { json[key] = address[key] }
        return .object(json)
    }
}
