import KubernetesModel

/// What every fresh cluster has before anyone uses it: namespaces, roles and bindings, priority classes, flow control, API
/// services, and the API server's own Service.
///
/// Service accounts and the root certificate in each namespace come from controllers, a moment later.
package enum Furniture {
    /// Where the API server is reached from inside the cluster, behind the Service `kubernetes`.
    static let serverAddress = "172.18.0.2"
    static let serverPort = 6443

    /// Creates everything, in an order in which nothing is missed.
    package static func load(into parts: ClusterParts) {
        let writer = Writer(user: .system("system:apiserver", groups: ["system:masters"]), fieldManager: "kube-apiserver")
        for object in namespaces + AccessFurniture.objects + serverObjects + [service] + endpoints {
            create(object, by: writer, in: parts)
        }
    }

    /// Furniture is ours and fits our rules, which a test shows; a file that someone changed may lack what it got wrong.
    private static func create(_ object: KubernetesObject, by writer: Writer, in parts: ClusterParts) {
        let now = parts.timeline.now
        guard var created = try? parts.pipeline.perform(.create(object), by: writer, at: now) else { return }
        guard let status = status(of: created, at: now) else { return }
        created["status"] = status
        _ = try? parts.pipeline.perform(.updateStatus(created), by: writer, at: now)
    }

    static let namespaces: [KubernetesObject] = ["default", "kube-node-lease", "kube-public", "kube-system"].map { name in
        object(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
    }

    /// The objects of `objects.jsonl`, and the range of Service addresses.
    static let serverObjects: [KubernetesObject] = {
        let lines = (EmbeddedFiles.contents["furniture/objects.jsonl"] ?? "").split(separator: "\n")
        let listed = lines.compactMap { try? JSONParser.parse(String($0)).objectValue }.map(completed)
        return listed + [addressRange]
    }()

    private static func completed(_ line: JSONObject) -> KubernetesObject {
        var json = line
        let name = json.removeValue(forKey: "name") ?? ""
        var metadata: JSONObject = ["name": name]
        switch json.string("kind") {
        case "APIService": metadata["labels"] = ["kube-aggregator.kubernetes.io/automanaged": "onstart"]
        case "FlowSchema", "PriorityLevelConfiguration":
            metadata["annotations"] = ["apf.kubernetes.io/autoupdate-spec": "true"]
        default: break
        }
        json["metadata"] = .object(metadata)
        return KubernetesObject(json)
    }

    private static let addressRange = object([
        "apiVersion": "networking.k8s.io/v1", "kind": "ServiceCIDR", "metadata": ["name": "kubernetes"],
        "spec": ["cidrs": ["10.96.0.0/12"]],
    ])

    /// The first address of the range is the API server's.
    static let service = object([
        "apiVersion": "v1", "kind": "Service",
        "metadata": [
            "name": "kubernetes", "namespace": "default", "labels": ["component": "apiserver", "provider": "kubernetes"],
        ],
        "spec": [
            "clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"], "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
            "ports": [["name": "https", "protocol": "TCP", "port": 443, "targetPort": JSONValue(serverPort)]],
        ],
    ])

    static var endpoints: [KubernetesObject] {
        let ports: JSONValue = [["name": "https", "port": JSONValue(serverPort), "protocol": "TCP"]]
        let name: JSONValue = "kubernetes"
        return [
            object([
                "apiVersion": "v1", "kind": "Endpoints",
                "metadata": [
                    "name": name, "namespace": "default", "labels": ["endpointslice.kubernetes.io/skip-mirror": "true"],
                ],
                "subsets": [["addresses": [["ip": .string(serverAddress)]], "ports": ports]],
            ]),
            object([
                "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                "metadata": ["name": name, "namespace": "default", "labels": ["kubernetes.io/service-name": name]],
                "addressType": "IPv4",
                "endpoints": [["addresses": [.string(serverAddress)], "conditions": ["ready": true]]],
                "ports": ports,
            ]),
        ]
    }

    private static func object(_ json: JSONObject) -> KubernetesObject {
        KubernetesObject(json)
    }

    /// The status that the API server's own controllers give at once.
    private static func status(of object: KubernetesObject, at now: Instant) -> JSONValue? {
        let condition: [(String, JSONValue)]
        switch object.kind {
        case "APIService":
            condition = [
                ("type", "Available"), ("status", "True"), ("reason", "Local"),
                ("message", "Local APIServices are always available"),
            ]
        case "FlowSchema":
            let level = object.spec["priorityLevelConfiguration"]?["name"]?.stringValue ?? ""
            condition = [
                ("type", "Dangling"), ("status", "False"), ("reason", "Found"),
                ("message", .string("This FlowSchema references the PriorityLevelConfiguration object named \"\(level)\" and it exists")),
            ]
        case "ServiceCIDR":
            condition = [("type", "Ready"), ("status", "True"), ("reason", ""), ("message", "Kubernetes Service CIDR is ready")]
        default: return nil
        }
        let time = JSONValue.string(KubernetesTime.seconds(now))
        return ["conditions": [.object(JSONObject(condition + [("lastTransitionTime", time)]))]]
    }
}
