import KubernetesModel

/// A node of a scenario.
struct NodeDefinition: Sendable {
    var name: String
    var address: String
    var podRange: String
    var labels: [String: String]
    var annotations: [String: String]
    var taints: JSONValue?
    var providerID: String?
    var capacity: [String: String]
    var allocatable: [String: String]
    var osImage: String
    var kernel: String
    var architecture: String

    init(_ json: JSONValue, index: Int) {
        name = json["name"]?.stringValue ?? "node-\(index + 1)"
        address = json["address"]?.stringValue ?? "172.18.\(index / 250).\(index % 250 + 2)"
        podRange = json["podCIDR"]?.stringValue ?? "10.\(244 + index / 256).\(index % 256).0/24"
        labels = json["labels"]?.stringMap ?? [:]
        annotations = json["annotations"]?.stringMap ?? [:]
        taints = json["taints"]
        providerID = json["providerID"]?.stringValue
        let standard = ["cpu": "4", "memory": "16Gi", "pods": "110", "ephemeral-storage": "80Gi"]
        capacity = standard.merging(json["capacity"]?.stringMap ?? [:]) { _, last in last }
        allocatable = capacity.merging(json["allocatable"]?.stringMap ?? [:]) { _, last in last }
        osImage = json["osImage"]?.stringValue ?? "Debian GNU/Linux 12 (bookworm)"
        kernel = json["kernel"]?.stringValue ?? "6.1.0-25-amd64"
        architecture = json["architecture"]?.stringValue ?? "amd64"
    }

    /// The Node object, as its kubelet registers it and reports.
    func object(random: Randomness, at now: Instant) -> KubernetesObject {
        var allLabels = [
            "beta.kubernetes.io/arch": architecture, "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": architecture,
            "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
        ]
        allLabels.merge(labels) { _, last in last }
        var metadata: JSONObject = ["name": .string(name), "labels": JSONValue(allLabels)]
        let standard = ["node.alpha.kubernetes.io/ttl": "0", "volumes.kubernetes.io/controller-managed-attach-detach": "true"]
        metadata["annotations"] = JSONValue(annotations.merging(standard) { first, _ in first })
        var spec: JSONObject = ["podCIDR": .string(podRange), "podCIDRs": [.string(podRange)]]
        spec["providerID"] = providerID.map(JSONValue.string)
        spec["taints"] = taints
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Node", "metadata": .object(metadata), "spec": .object(spec), "status": status(random, now),
        ])
    }

    private func status(_ random: Randomness, _ now: Instant) -> JSONValue {
        [
            "capacity": JSONValue(capacity), "allocatable": JSONValue(allocatable), "conditions": .array(NodeCondition.all(at: now)),
            "addresses": [
                ["type": "InternalIP", "address": .string(address)], ["type": "Hostname", "address": .string(name)],
            ],
            "daemonEndpoints": ["kubeletEndpoint": ["Port": 10250]], "nodeInfo": information(random),
        ]
    }

    private func information(_ random: Randomness) -> JSONValue {
        [
            "machineID": .string(random.hexadecimal(32)), "systemUUID": .string(random.uuid()), "bootID": .string(random.uuid()),
            "kernelVersion": .string(kernel), "osImage": .string(osImage), "containerRuntimeVersion": "containerd://2.1.4",
            "kubeletVersion": .string(RootPaths.kubernetesVersion), "kubeProxyVersion": "", "operatingSystem": "linux",
            "architecture": .string(architecture),
        ]
    }
}
