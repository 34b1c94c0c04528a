import KubernetesModel

/// Pods and nodes in numbers, as objects with a status but without programs: what a large cluster looks like to its clients.
struct CrowdDefinition: Sendable {
    var nodes: Int
    var pods: Int
    /// Changes of pods a second.
    var churn: Int

    static let parameterNames = ["nodes", "pods", "churn"]

    init(_ json: JSONValue, parameters: [String: String], scenario: String) throws(ScenarioError) {
        // More would fill any memory, or take longer than the time in which it is to happen.
        func number(_ name: String, _ standard: Int, in bounds: ClosedRange<Int>) throws(ScenarioError) -> Int {
            let number = parameters[name].flatMap(Int.init) ?? json[name]?.intValue ?? standard
            guard bounds.contains(number) else {
                let problem = "\(number) is not between \(bounds.lowerBound) and \(bounds.upperBound)"
                throw .badScenarioParameter(scenario: scenario, name: name, problem: problem)
            }
            return number
        }
        nodes = try number("nodes", 100, in: 1...1_000_000)
        pods = try number("pods", 5_000, in: 0...10_000_000)
        churn = try number("churn", 10, in: 0...1_000_000)
    }

    func load(into parts: ClusterParts, seed: UInt64) {
        let random = Randomness(seed: seed ^ StableHash.fnv64("crowd"))
        let store = parts.store
        let now = parts.timeline.now
        for index in 0..<nodes {
            var node = NodeDefinition(.null, index: index).object(random: random, at: now)
            stamp(&node, random, now)
            store.put(node, resource: Resource.nodes)
        }
        for name in Set((0..<pods).map(namespace)).sorted() {
            let json: JSONObject = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
            var object = KubernetesObject(json)
            object["status"] = ["phase": "Active"]
            stamp(&object, random, now)
            store.put(object, resource: Resource.namespaces)
        }
        for index in 0..<pods {
            var pod = pod(index, random, now)
            stamp(&pod, random, now)
            store.put(pod, resource: Resource.pods)
        }
        if churn > 0 { scheduleChange(in: parts, random) }
    }

    private func namespace(of index: Int) -> String { "team-\(index % 50)" }

    /// Straight into the store, past defaults and rules: the objects are complete, and there are many.
    private func stamp(_ object: inout KubernetesObject, _ random: Randomness, _ now: Instant) {
        object.metadata.uid = random.uuid()
        object["metadata", default: [:]]["creationTimestamp"] = .string(
            KubernetesTime.seconds(now - .seconds(random.int(in: 60...900_000))))
    }

    private func pod(_ index: Int, _ random: Randomness, _ now: Instant) -> KubernetesObject {
        let app = "service-\(index / 20)"
        let name = "\(app)-\(StableHash.name(StableHash.fnv32(app) | 0x8000_0000))-\(random.suffix())"
        let node = index % nodes
        let start = JSONValue.string(KubernetesTime.seconds(now - .seconds(random.int(in: 30...800_000))))
        let image = "registry.example.com/\(app):1.\(random.int(in: 0...40)).\(random.int(in: 0...9))"
        return KubernetesObject([
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": .string(name), "namespace": .string(namespace(of: index)),
                "labels": ["app": .string(app), "pod-template-hash": .string(StableHash.name(StableHash.fnv32(app)))],
            ],
            "spec": [
                "containers": [
                    [
                        "name": "app", "image": .string(image), "imagePullPolicy": "IfNotPresent",
                        "ports": [["containerPort": 8080, "protocol": "TCP"]],
                        "env": Self.environment,
                        "readinessProbe": [
                            "httpGet": ["path": "/readyz", "port": 8080, "scheme": "HTTP"], "timeoutSeconds": 1, "periodSeconds": 10,
                            "successThreshold": 1, "failureThreshold": 3,
                        ],
                        "resources": ["requests": ["cpu": "100m", "memory": "128Mi"], "limits": ["memory": "256Mi"]],
                        "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
                        "volumeMounts": [
                            ["name": "kube-api-access", "readOnly": true, "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"]
                        ],
                    ]
                ],
                "volumes": Self.volumes, "tolerations": Self.tolerations, "securityContext": [:], "enableServiceLinks": true, "priority": 0,
                "preemptionPolicy": "PreemptLowerPriority", "serviceAccount": "default",
                "nodeName": .string("node-\(node + 1)"), "restartPolicy": "Always", "serviceAccountName": "default",
                "schedulerName": "default-scheduler", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst",
            ],
            "status": status(random, start, image: image, node: node),
        ])
    }

    private static let tolerations: JSONValue = .array(
        ["not-ready", "unreachable"].map { reason in
            ["key": .string("node.kubernetes.io/\(reason)"), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300]
        }
    )

    private static let environment: JSONValue = [
        ["name": "LOG_LEVEL", "value": "info"], ["name": "LISTEN_ADDRESS", "value": ":8080"],
        ["name": "POD_NAME", "valueFrom": ["fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.name"]]],
    ]

    private static let volumes: JSONValue = [
        [
            "name": "kube-api-access",
            "projected": [
                "defaultMode": 420,
                "sources": [
                    ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
                    ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
                    [
                        "downwardAPI": [
                            "items": [["path": "namespace", "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"]]]
                        ]
                    ],
                ],
            ],
        ]
    ]

    private func status(_ random: Randomness, _ start: JSONValue, image: String, node: Int) -> JSONValue {
        let isReady = random.int(in: 1...200) > 1
        let ready: JSONValue = .string(isReady ? "True" : "False")
        func condition(_ type: String, _ status: JSONValue) -> JSONValue {
            ["type": .string(type), "status": status, "lastProbeTime": .null, "lastTransitionTime": start]
        }
        let address = "10.\(64 + node / 250).\(node % 250).\(random.int(in: 2...250))"
        return [
            "phase": "Running", "startTime": start, "podIP": .string(address), "podIPs": [["ip": .string(address)]],
            "hostIP": .string("172.18.\(node / 250).\(node % 250 + 2)"), "qosClass": "Burstable",
            "conditions": [
                condition("Initialized", "True"), condition("Ready", ready), condition("ContainersReady", ready),
                condition("PodScheduled", "True"),
            ],
            "containerStatuses": [
                [
                    "name": "app", "ready": JSONValue(isReady), "started": true,
                    "restartCount": JSONValue(isReady ? 0 : random.int(in: 1...40)),
                    "image": .string(image), "imageID": .string("\(image)@sha256:\(random.hexadecimal(64))"),
                    "containerID": .string("containerd://\(random.hexadecimal(64))"), "state": ["running": ["startedAt": start]],
                    "lastState": [:],
                ]
            ],
        ]
    }

    // MARK: Churn

    private func scheduleChange(in parts: ClusterParts, _ random: Randomness) {
        let keys = parts.store.list(Resource.pods).map(\.key)
        let interval = Duration.nanoseconds(1_000_000_000 / Int64(churn))
        change(keys, every: interval, in: parts, random)
    }

    /// One pod gains or loses its readiness.
    private func change(_ keys: [ObjectKey], every interval: Duration, in parts: ClusterParts, _ random: Randomness) {
        parts.timeline.schedule(after: interval) { [weak parts] in
            guard let parts, let key = random.pick(from: keys) else { return }
            if var pod = parts.view.get(Resource.pods, key) {
                flip(&pod, at: parts.timeline.now)
                parts.store.put(pod, resource: Resource.pods)
            }
            change(keys, every: interval, in: parts, random)
        }
    }

    private func flip(_ pod: inout KubernetesObject, at now: Instant) {
        let isReady = pod.isReadyPod
        let conditions = (pod.status["conditions"]?.arrayValue ?? []).map { condition -> JSONValue in
            guard ["Ready", "ContainersReady"].contains(condition["type"]?.stringValue) else { return condition }
            var condition = condition
            condition["status"] = isReady ? "False" : "True"
            condition["lastTransitionTime"] = .string(KubernetesTime.seconds(now))
            return condition
        }
        pod["status", default: [:]]["conditions"] = .array(conditions)
        var statuses = pod.status["containerStatuses"]?.arrayValue ?? []
        for index in statuses.indices { statuses[index]["ready"] = JSONValue(!isReady) }
        pod["status", default: [:]]["containerStatuses"] = .array(statuses)
    }
}
