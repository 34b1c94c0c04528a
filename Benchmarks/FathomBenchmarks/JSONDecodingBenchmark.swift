import Foundation
import KubernetesModel

/// Reads a list of 5,000 pods of about 6 KB each: as a tree, and for comparison with Foundation's decoder into a struct of the few fields that a table needs.
struct JSONDecodingBenchmark {
    private static let podCount = 5000

    func run() throws {
        let list = Self.list()
        let megabytes = Double(list.count) / 1_000_000
        Report.line("json: \(Self.podCount) pods, \(Int(megabytes)) MB")
        try report("tree", megabytes) { _ = try JSONParser.parse(list) }
        try report("tree without managedFields", megabytes) { _ = try JSONParser.parse(list, options: .withoutManagedFields) }
        let data = Data(list)
        try report("Foundation, narrow structs", megabytes) { _ = try JSONDecoder().decode(NarrowList.self, from: data) }
    }

    /// The best of three.
    private func report(_ name: String, _ megabytes: Double, _ work: () throws -> Void) rethrows {
        var best = Duration.seconds(3600)
        for _ in 0..<3 { best = min(best, try ContinuousClock().measure(work)) }
        let seconds = Double(best.nanoseconds) / 1_000_000_000
        Report.line("  \(name): \(Int(seconds * 1000)) ms, \(Int(megabytes / seconds)) MB/s")
    }

    private struct NarrowList: Decodable {
        var items: [NarrowPod]
    }

    private struct NarrowPod: Decodable {
        struct Metadata: Decodable {
            var name: String
            var namespace: String
            var labels: [String: String]
        }

        struct Status: Decodable {
            var phase: String
            var podIP: String
        }

        var metadata: Metadata
        var status: Status
    }

    private static func list() -> [UInt8] {
        JSONWriter.compact([
            "kind": "PodList", "apiVersion": "v1", "metadata": ["resourceVersion": "1"], "items": .array((0..<podCount).map(pod)),
        ])
    }

    private static func pod(_ index: Int) -> JSONValue {
        [
            "metadata": [
                "name": .string("web-7d9c5b8f6-\(index)"), "namespace": .string("namespace-\(index % 20)"),
                "uid": .string("0b9c2a4e-8f3d-4c1a-9e7b-\(100_000_000_000 + index)"), "creationTimestamp": "2026-01-01T00:00:00Z",
                "labels": ["app": "web", "pod-template-hash": "7d9c5b8f6", "tier": "frontend"],
                "managedFields": .array((0..<4).map(managedFields)),
            ],
            "spec": ["nodeName": .string("node-\(index % 100)"), "restartPolicy": "Always", "containers": [container(index)]],
            "status": [
                "phase": "Running", "podIP": .string("10.1.\(index / 250).\(index % 250)"),
                "conditions": .array(
                    ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map {
                        ["type": .string($0), "status": "True", "lastProbeTime": .null, "lastTransitionTime": "2026-01-01T00:00:05Z"]
                    }),
                "containerStatuses": [
                    [
                        "name": "web", "ready": true, "restartCount": 0, "state": ["running": ["startedAt": "2026-01-01T00:00:05Z"]],
                        "image": "registry.example.com/team/web:1.2.3", "containerID": .string("containerd://\(index)"),
                    ]
                ],
            ],
        ]
    }

    private static func container(_ index: Int) -> JSONValue {
        [
            "name": "web", "image": "registry.example.com/team/web:1.2.3", "imagePullPolicy": "IfNotPresent",
            "ports": [["containerPort": 8080, "protocol": "TCP"]],
            "env": .array(
                (0..<40).map { ["name": .string("VARIABLE_\($0)"), "value": .string("the value of variable \($0) in \(index)")] }),
            "resources": ["limits": ["cpu": "500m", "memory": "256Mi"], "requests": ["cpu": "100m", "memory": "128Mi"]],
        ]
    }

    private static func managedFields(_ index: Int) -> JSONValue {
        let fields: JSONValue = [
            "f:image": [:], "f:imagePullPolicy": [:], "f:name": [:], "f:resources": [:], "f:terminationMessagePath": [:],
        ]
        return [
            "manager": .string("manager-\(index)"), "operation": "Update", "apiVersion": "v1", "time": "2026-01-01T00:00:00Z",
            "fieldsType": "FieldsV1",
            "fieldsV1": [
                "f:metadata": ["f:labels": [".": [:], "f:app": [:]]], "f:spec": ["f:containers": ["k:{\"name\":\"web\"}": fields]],
            ],
        ]
    }
}
