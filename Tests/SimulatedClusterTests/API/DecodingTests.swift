import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Decoding")
struct DecodingTests {
    private let cluster = TestAPI()

    private func created(_ resource: String, _ body: JSONValue) async -> TestAPI.Answer {
        let group = resource == "poddisruptionbudgets" ? "/apis/policy/v1" : "/api/v1"
        return await cluster.send("POST", "\(group)/namespaces/default/\(resource)?dryRun=All", body)
    }

    @Test("zero values are as good as nothing, unless the field tells them apart")
    func zeroValues() async {
        let container: JSONValue = [
            "name": "c", "image": "busybox:1.36", "tty": false, "workingDir": "", "ports": [["containerPort": 80, "hostPort": 0]],
        ]
        let spec: JSONValue = ["hostNetwork": false, "automountServiceAccountToken": false, "containers": [container]]
        let answer = await created("pods", ["metadata": ["name": "p"], "spec": spec])
        #expect(answer.json["spec"]?["hostNetwork"] == nil)
        #expect(answer.json["spec"]?["automountServiceAccountToken"] == false)
        #expect(answer.json["spec"]?["containers"]?[0]?["tty"] == nil)
        #expect(answer.json["spec"]?["containers"]?[0]?["workingDir"] == nil)
        #expect(answer.json["spec"]?["containers"]?[0]?["ports"]?[0] == ["containerPort": 80, "protocol": "TCP"])
    }

    @Test("quantities are stored in their canonical form")
    func quantities() async {
        let resources: JSONValue = ["requests": ["cpu": .number(JSONNumber(0.5) ?? JSONNumber(0)), "memory": "1024Mi"]]
        let spec: JSONValue = ["containers": [["name": "c", "image": "busybox:1.36", "resources": resources]]]
        let answer = await created("pods", ["metadata": ["name": "p"], "spec": spec])
        #expect(answer.json["spec"]?["containers"]?[0]?["resources"]?["requests"] == ["cpu": "500m", "memory": "1Gi"])
    }

    private static let refused: [(String, JSONValue, String)] = [
        (
            "secrets", ["data": ["a": "%%"]],
            "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 0"
        ),
        (
            "configmaps", ["data": ["a": 1]],
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field "
                + "ConfigMap.data of type string"
        ),
        (
            "poddisruptionbudgets", ["spec": ["maxUnavailable": 9_223_372_036_854_775_807]],
            "PodDisruptionBudget in version \"v1\" cannot be handled as a PodDisruptionBudget: json: cannot unmarshal number "
                + "9223372036854775807 into Go struct field PodDisruptionBudgetSpec.spec.maxUnavailable of type int32"
        ),
        (
            "resourcequotas", ["spec": ["hard": ["cpu": "much"]]],
            "ResourceQuota in version \"v1\" cannot be handled as a ResourceQuota: quantities must match the regular expression "
                + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        ),
    ]

    @Test("what a field can't hold is refused in the decoder's words", arguments: refused)
    func refusals(_ resource: String, _ content: JSONValue, _ message: String) async {
        var body = content
        body["metadata"] = ["name": "x"]
        let answer = await created(resource, body)
        #expect(answer.status == 400)
        #expect(answer.json["message"]?.stringValue == message)
    }
}
