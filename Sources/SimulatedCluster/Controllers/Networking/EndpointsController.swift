import KubernetesModel
import KubernetesSemantics

/// Keeps the older Endpoints object of each Service that has a selector.
struct EndpointsController: Controller {
    let name = "endpoint-controller"
    let patience = Duration.milliseconds(20)
    let watches = [Resource.services, Resource.pods]
    private static let managedBy = "endpoints.kubernetes.io/managed-by"

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.resource == Resource.services ? own(change) : ServicesOfPod.keys(for: change, in: view)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        let existing = view.get(Resource.endpoints, key.key)
        guard let object = view.get(Resource.services, key.key) else {
            return Reconciliation(writes: existing == nil ? [] : [.delete(Resource.endpoints, key.key)])
        }
        let service = RoutedService(object)
        guard service.selector != nil, service.type != .externalName else { return .done }
        let pods = ServicesOfPod.candidates(for: service, in: view)
        let subsets = subsets(EndpointSelection(service, pods: pods))
        var labels = object.metadata.labels
        labels[Self.managedBy] = name
        if service.isHeadless { labels["service.kubernetes.io/headless"] = "" }
        guard let existing else { return Reconciliation(writes: [.create(endpoints(for: object, labels, subsets))]) }
        var updated = existing
        updated["subsets"] = subsets.isEmpty ? JSONValue?.none : .array(subsets)
        updated.metadata.labels = labels
        return Reconciliation(writes: updated == existing ? [] : [.update(updated)])
    }

    private func subsets(_ selection: EndpointSelection) -> [JSONValue] {
        selection.groups.map { group in
            // A pod on its way out is no longer listed here, unlike in slices.
            let listed = group.endpoints.filter { !$0.isTerminating || $0.isReady }
            var json: JSONObject = [:]
            json["addresses"] = addresses(listed.filter(\.isReady))
            json["notReadyAddresses"] = addresses(listed.filter { !$0.isReady })
            json["ports"] = .array(
                group.ports.map { port in
                    var json: JSONObject = ["port": JSONValue(port.number), "protocol": .string(port.protocol.rawValue)]
                    if !port.name.isEmpty { json["name"] = .string(port.name) }
                    return .object(json)
                })
            return .object(json)
        }
    }

    private func addresses(_ endpoints: [EndpointSelection.Endpoint]) -> JSONValue? {
        if endpoints.isEmpty { return nil }
        return .array(
            endpoints.map { endpoint in
                var json: JSONObject = ["ip": .string(endpoint.address)]
                json["hostname"] = endpoint.hostname.map(JSONValue.string)
                json["nodeName"] = endpoint.nodeName.map(JSONValue.string)
                var target: JSONObject = ["kind": "Pod"]
                target["namespace"] = endpoint.pod.namespace.map(JSONValue.string)
                target["name"] = .string(endpoint.pod.name)
                target["uid"] = .string(endpoint.podUID)
                json["targetRef"] = .object(target)
                return .object(json)
            })
    }

    private func endpoints(for service: KubernetesObject, _ labels: [String: String], _ subsets: [JSONValue]) -> KubernetesObject {
        var metadata: JSONObject = ["name": .string(service.name)]
        metadata["namespace"] = service.namespace.map(JSONValue.string)
        metadata["labels"] = JSONValue(labels)
        var json: JSONObject = ["apiVersion": "v1", "kind": "Endpoints", "metadata": .object(metadata)]
        if !subsets.isEmpty { json["subsets"] = .array(subsets) }
        return KubernetesObject(json)
    }
}
