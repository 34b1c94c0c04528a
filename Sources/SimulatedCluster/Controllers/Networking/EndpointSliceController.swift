import KubernetesModel
import KubernetesSemantics

/// Keeps the EndpointSlices of each Service that has a selector.
struct EndpointSliceController: Controller {
    let name = "endpointslice-controller"
    let patience = Duration.milliseconds(20)
    let watches = [Resource.services, Resource.pods, Resource.endpointSlices, Resource.nodes]
    private static let manager = "endpointslice-controller.k8s.io"
    private static let managedBy = "endpointslice.kubernetes.io/managed-by"
    private static let serviceName = "kubernetes.io/service-name"
    private static let largest = 100

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        switch change.resource {
        case Resource.services: return own(change)
        case Resource.endpointSlices:
            guard change.object.labels[Self.managedBy] == Self.manager, let service = change.object.labels[Self.serviceName] else {
                return []
            }
            return [WorkKey(Resource.services, ObjectKey(namespace: change.key.namespace, name: service))]
        case Resource.pods: return ServicesOfPod.keys(for: change, in: view)
        default: return []
        }
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let object = view.get(Resource.services, key.key), object.metadata.deletionTimestamp == nil else { return .done }
        let service = RoutedService(object)
        guard service.selector != nil, service.type != .externalName else { return .done }
        let pods = ServicesOfPod.candidates(for: service, in: view)
        var existing = view.owned(by: object.uid, resource: Resource.endpointSlices)
            .filter { $0.metadata.labels[Self.managedBy] == Self.manager }
        var writes: [Write] = []
        for wanted in contents(EndpointSelection(service, pods: pods), service, in: view) {
            if let index = existing.firstIndex(where: { $0["ports"] == wanted.ports }) ?? existing.indices.first {
                let slice = existing.remove(at: index)
                var updated = slice
                updated["endpoints"] = wanted.endpoints
                updated["ports"] = wanted.ports
                updated.metadata.labels = labels(of: object, service)
                if updated != slice { writes.append(.update(updated)) }
            } else {
                writes.append(.create(slice(for: object, service, wanted)))
            }
        }
        writes += existing.map { .delete(Resource.endpointSlices, $0.key) }
        return Reconciliation(writes: writes)
    }

    private struct Content {
        var endpoints: JSONValue
        var ports: JSONValue
    }

    /// One slice for each set of ports and each hundred endpoints; an empty one when there is nobody.
    private func contents(_ selection: EndpointSelection, _ service: RoutedService, in view: ClusterView) -> [Content] {
        let contents = selection.groups.flatMap { group -> [Content] in
            let ports = JSONValue.array(group.ports.map(port))
            return stride(from: 0, to: group.endpoints.count, by: Self.largest).map { start in
                let part = group.endpoints[start..<min(start + Self.largest, group.endpoints.count)]
                return Content(endpoints: .array(part.map { endpoint($0, in: view) }), ports: ports)
            }
        }
        return contents.isEmpty ? [Content(endpoints: .null, ports: .null)] : contents
    }

    private func port(_ port: EndpointSelection.Port) -> JSONValue {
        var json: JSONObject = [
            "name": .string(port.name), "port": JSONValue(port.number), "protocol": .string(port.protocol.rawValue),
        ]
        json["appProtocol"] = port.appProtocol.map(JSONValue.string)
        return .object(json)
    }

    private func endpoint(_ endpoint: EndpointSelection.Endpoint, in view: ClusterView) -> JSONValue {
        var json: JSONObject = ["addresses": [.string(endpoint.address)]]
        json["conditions"] = [
            "ready": JSONValue(endpoint.isReady), "serving": JSONValue(endpoint.isServing),
            "terminating": JSONValue(endpoint.isTerminating),
        ]
        json["hostname"] = endpoint.hostname.map(JSONValue.string)
        var target: JSONObject = ["kind": "Pod"]
        target["namespace"] = endpoint.pod.namespace.map(JSONValue.string)
        target["name"] = .string(endpoint.pod.name)
        target["uid"] = .string(endpoint.podUID)
        json["targetRef"] = .object(target)
        if let node = endpoint.nodeName {
            json["nodeName"] = .string(node)
            let labels = view.store.get(Resource.nodes, ObjectKey(name: node))?.labels
            json["zone"] = labels?["topology.kubernetes.io/zone"].map(JSONValue.string)
        }
        return .object(json)
    }

    private func labels(of object: KubernetesObject, _ service: RoutedService) -> [String: String] {
        var labels = object.metadata.labels
        labels[Self.serviceName] = object.name
        labels[Self.managedBy] = Self.manager
        if service.isHeadless { labels["service.kubernetes.io/headless"] = "" }
        return labels
    }

    private func slice(for object: KubernetesObject, _ service: RoutedService, _ content: Content) -> KubernetesObject {
        var metadata: JSONObject = ["generateName": .string("\(object.name)-")]
        metadata["namespace"] = object.namespace.map(JSONValue.string)
        metadata["labels"] = JSONValue(labels(of: object, service))
        metadata["ownerReferences"] = [object.controllerReference]
        return KubernetesObject([
            "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": .object(metadata), "addressType": "IPv4",
            "endpoints": content.endpoints, "ports": content.ports,
        ])
    }
}

/// The Services whose endpoints a changed pod may be, or may have been.
enum ServicesOfPod {
    /// The pods that a Service selects and that can be reached at all: of thousands that wait for a node nothing has to be read.
    static func candidates(for service: RoutedService, in view: ClusterView) -> [NetworkedPod] {
        guard let selector = service.selector else { return [] }
        let pods = view.list(Resource.pods, namespace: service.key.namespace) { pod in
            pod.field("status.podIP")?.isEmpty == false && selector.matches(pod.labels)
        }
        return pods.map { NetworkedPod($0) }
    }

    static func keys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        view.list(Resource.services, namespace: change.key.namespace).filter { service in
            guard let selector = service.spec["selector"]?.stringMap, !selector.isEmpty else { return false }
            let terms = SelectorTerms(labels: selector)
            return terms.matches(change.object.labels) || change.previous.map { terms.matches($0.labels) } ?? false
        }.map { WorkKey(Resource.services, $0.key) }
    }
}
