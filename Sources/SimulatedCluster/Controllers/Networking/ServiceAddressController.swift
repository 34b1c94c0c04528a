import KubernetesModel

/// Keeps an IPAddress for each address that a Service has been given.
struct ServiceAddressController: Controller {
    let name = "kube-apiserver"
    let watches = [Resource.services, Resource.ipAddresses]

    /// What each Service had when it was looked at last.
    private var addresses: [ObjectKey: [String]] = [:]

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        guard change.resource == Resource.ipAddresses else { return [WorkKey(Resource.services, change.key)] }
        let parent = change.object.object.spec["parentRef"]?.objectValue ?? [:]
        guard change.kind == .deleted, parent.string("resource") == "services" else { return [] }
        return [WorkKey(Resource.services, ObjectKey(namespace: parent.string("namespace"), name: parent.string("name")))]
    }

    mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        let service = view.get(Resource.services, key.key)
        let wanted = (service?.json.object("spec")?.strings("clusterIPs") ?? []).filter { $0 != "None" }
        let past = addresses.updateValue(wanted, forKey: key.key) ?? []
        if service == nil { addresses[key.key] = nil }
        let parent = Self.parent(key.key)
        let gone = past.filter { address in
            !wanted.contains(address) && view.get(Resource.ipAddresses, ObjectKey(name: address))?.spec["parentRef"] == parent
        }
        let missing = wanted.filter { view.get(Resource.ipAddresses, ObjectKey(name: $0)) == nil }
        return Reconciliation(
            writes: gone.map { .delete(Resource.ipAddresses, ObjectKey(name: $0)) } + missing.map { .create(Self.object($0, parent)) })
    }

    private static func parent(_ service: ObjectKey) -> JSONValue {
        ["group": "", "resource": "services", "namespace": .string(service.namespace ?? ""), "name": .string(service.name)]
    }

    private static func object(_ address: String, _ parent: JSONValue) -> KubernetesObject {
        let labels: JSONValue = [
            "ipaddress.kubernetes.io/ip-family": address.contains(":") ? "IPv6" : "IPv4",
            "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
        ]
        return KubernetesObject([
            "apiVersion": "networking.k8s.io/v1", "kind": "IPAddress", "metadata": ["name": .string(address), "labels": labels],
            "spec": ["parentRef": parent],
        ])
    }
}
