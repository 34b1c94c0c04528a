import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Defaults and validation of nonsense")
struct RulesFuzzTests {
    /// Field names that rules look at, so that nonsense reaches them.
    private static let names = [
        "spec", "status", "metadata", "name", "labels", "template", "containers", "initContainers", "volumes", "ports", "port", "protocol",
        "selector", "matchLabels", "matchExpressions", "operator", "values", "key", "env", "valueFrom", "fieldRef", "resources", "limits",
        "requests", "cpu", "memory", "livenessProbe", "httpGet", "strategy", "type", "rollingUpdate", "maxSurge", "accessModes", "rules",
        "http", "paths", "backend", "service", "roleRef", "subjects", "kind", "data", "immutable", "schedule", "jobTemplate", "limits",
        "tolerations", "affinity", "nodeAffinity", "clusterIP", "clusterIPs", "nodePort", "webhooks", "ingress", "endpoints", "versions",
    ]

    private static func value(_ random: Randomness, depth: Int) -> JSONValue {
        switch random.next(below: depth > 0 ? 9 : 5) {
        case 0: .null
        case 1: .bool(random.next(below: 2) == 0)
        case 2: JSONValue([0, 1, -1, 80, 70_000, .max, .min][random.next(below: 7)])
        case 3: .number(JSONNumber(1.5) ?? JSONNumber(1))
        case 4: .string(["", "a", "-", "10%", "1Gi", "None", "@every x", "0/0 * * * *", "é\u{0}", "../x"][random.next(below: 10)])
        case 5: .array((0..<random.next(below: 3)).map { _ in value(random, depth: depth - 1) })
        default:
            .object(
                JSONObject(
                    (0..<random.next(below: 6)).map { _ in (names[random.next(below: names.count)], value(random, depth: depth - 1)) })
            )
        }
    }

    @Test("no object of a known kind, whatever is in it, stops the program")
    func neverTraps() throws {
        let cluster = TestCluster(namespaces: [])
        let random = Randomness(seed: 42)
        let validator = ObjectValidator.self
        for resource in cluster.parts.registry.catalog.resources {
            for _ in 0..<40 {
                guard case .object(var json) = Self.value(random, depth: 6) else { continue }
                json["apiVersion"] = .string(resource.groupVersion.apiVersion)
                json["kind"] = .string(resource.kind)
                var object = KubernetesObject(json)
                let old = object
                Defaults.apply(to: &object)
                ObjectStrategy(resource: resource, isCustom: false).prepareForCreate(&object)
                let context = WriteContext(
                    operation: .update, resource: resource, subresource: nil, key: object.metadata.key, user: .anonymous, isDryRun: true,
                    now: cluster.parts.timeline.now, view: cluster.parts.view, random: random
                )
                let errors = validator.validate(object, replacing: old, in: context)
                #expect(!ValidationErrors(errors).description.isEmpty || errors.isEmpty)
            }
        }
    }
}
