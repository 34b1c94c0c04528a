package struct Node: ObjectView {
    package let object: KubernetesObject
    package init(_ object: KubernetesObject) { self.object = object }

    package var isUnschedulable: Bool { spec.bool("unschedulable") ?? false }
    package var taints: [Taint] { spec.views("taints") }
    package var podCIDR: String? { spec.string("podCIDR") }
    package var providerID: String? { spec.string("providerID") }
    package var capacity: [String: Quantity] { status.quantities("capacity") }
    package var allocatable: [String: Quantity] { status.quantities("allocatable") }
    package var isReady: Bool { condition("Ready")?.isTrue ?? false }
    package var kubeletVersion: String { status.string("nodeInfo", "kubeletVersion") ?? "" }

    /// The address of a type such as `InternalIP` or `Hostname`.
    package func address(_ type: String) -> String? {
        status.elements("addresses").first { $0.string("type") == type }?.string("address")
    }

    /// What the labels `node-role.kubernetes.io/…` and `kubernetes.io/role` say, sorted.
    package var roles: [String] {
        var roles: Set<String> = []
        for (key, value) in labels {
            if key.hasPrefix("node-role.kubernetes.io/") {
                let role = key.dropFirst("node-role.kubernetes.io/".count)
                if !role.isEmpty { roles.insert(String(role)) }
            } else if key == "kubernetes.io/role", !value.isEmpty {
                roles.insert(value)
            }
        }
        return roles.sorted()
    }
}

package struct Taint: PartView, Hashable {
    package let json: JSONValue
    package init(_ json: JSONValue) { self.json = json }

    package var key: String { json.string("key") ?? "" }
    package var value: String { json.string("value") ?? "" }
    /// `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
    package var effect: String { json.string("effect") ?? "" }
    package var timeAdded: Instant? { json.time("timeAdded") }
}
