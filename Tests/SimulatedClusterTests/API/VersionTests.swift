import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Kinds with two versions")
struct VersionTests {
    private let cluster = TestAPI()

    @Test("what version 1 of an autoscaler has no fields for survives a write through it")
    func autoscaler() async {
        let target: JSONValue = ["apiVersion": "apps/v1", "kind": "Deployment", "name": "web"]
        func resource(_ name: JSONValue, _ percent: JSONValue) -> JSONValue {
            ["type": "Resource", "resource": ["name": name, "target": ["type": "Utilization", "averageUtilization": percent]]]
        }
        let pods: JSONValue = [
            "type": "Pods", "pods": ["metric": ["name": "requests"], "target": ["type": "AverageValue", "averageValue": "100"]],
        ]
        let spec: JSONValue = [
            "scaleTargetRef": target, "maxReplicas": 5, "metrics": [resource("memory", 60), pods, resource("cpu", 80)],
            "behavior": ["scaleDown": ["stabilizationWindowSeconds": 60]],
        ]
        let base = "namespaces/default/horizontalpodautoscalers"
        _ = await cluster.send("POST", "/apis/autoscaling/v2/\(base)", ["metadata": ["name": "web"], "spec": spec])
        let before = await cluster.send("GET", "/apis/autoscaling/v2/\(base)/web").json["spec"]
        let old = await cluster.send("GET", "/apis/autoscaling/v1/\(base)/web").json
        #expect(old[path: ["spec", "targetCPUUtilizationPercentage"]] == 80)
        #expect(
            old[path: ["metadata", "annotations", "autoscaling.alpha.kubernetes.io/metrics"]]?.stringValue?
                .contains(#"{"type":"Pods","pods":{"metricName":"requests","targetAverageValue":"100"}}"#) == true)
        let patch: JSONValue = ["metadata": ["labels": ["a": "b"]]]
        let headers = [(name: "content-type", value: "application/merge-patch+json")]
        #expect(await cluster.send("PATCH", "/apis/autoscaling/v1/\(base)/web", patch, headers: headers).status == 200)
        let after = await cluster.send("GET", "/apis/autoscaling/v2/\(base)/web").json
        #expect(after["spec"] == before)
        #expect(after[path: ["metadata", "annotations"]] == nil)
    }

    @Test("the newer API of events wants them whole")
    func events() async {
        let event: JSONValue = [
            "metadata": ["name": "e"], "type": "Odd", "reason": "Tested", "note": "x", "deprecatedCount": 2,
            "series": ["count": 1, "lastObservedTime": "2026-01-01T00:00:00.000000Z"],
        ]
        let answer = await cluster.send("POST", "/apis/events.k8s.io/v1/namespaces/default/events", event)
        #expect(answer.status == 422)
        let fields = answer.json[path: ["details", "causes"]]?.arrayValue?.compactMap { $0["field"]?.stringValue }
        #expect(fields == ["series.count", "eventTime", "type", "count"])
        #expect(await cluster.send("POST", "/api/v1/namespaces/default/events", ["metadata": ["name": "e"], "type": "Odd"]).status == 201)
    }
}
