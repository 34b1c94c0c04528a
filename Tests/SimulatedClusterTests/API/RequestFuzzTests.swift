import KubernetesModel
import Testing

@testable import SimulatedCluster

/// Whatever a client sends is answered; what is no request is answered by a `Status`.
@Suite("Requests of arbitrary bytes")
struct RequestFuzzTests {
    private let random = Randomness(seed: 42)
    private let identity = ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])

    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "", "FOO"]
    private static let types = [
        "application/json", "application/yaml", "application/vnd.kubernetes.protobuf", "application/json-patch+json",
        "application/merge-patch+json", "application/strategic-merge-patch+json", "application/apply-patch+yaml", "text/plain", ";;=,", "",
    ]
    private static let accepts = [
        "application/json", "application/yaml", "application/json;as=Table;v=v1;g=meta.k8s.io", "*/*", "text/html", ",,;=", "a;q=x",
        "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io",
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
    ]
    private static let pieces = [
        "api", "apis", "v1", "apps", "namespaces", "default", "pods", "configmaps", "deployments", "status", "scale", "log", "exec", "a",
        "eviction", "watch", "%zz", "%00", "%ff", "..", "", "nodes", "customresourcedefinitions", "apiextensions.k8s.io", "events",
        "horizontalpodautoscalers", "autoscaling", "metrics.k8s.io", "v1beta1", "openapi", "v3", "binding", "token", "finalize",
        "metrics", "proxy", "componentstatuses", "ephemeralcontainers", "resize", "attach", "portforward", "sim", "clock", "faults",
    ]
    private static let names = [
        "limit", "continue", "resourceVersion", "resourceVersionMatch", "labelSelector", "fieldSelector", "watch", "timeoutSeconds",
        "fieldManager", "force", "dryRun", "fieldValidation", "propagationPolicy", "gracePeriodSeconds", "pretty", "container", "tailLines",
        "sendInitialEvents", "allowWatchBookmarks", "includeObject", "command", "ports", "sinceTime",
        "sinceSeconds", "limitBytes", "stdin", "stdout", "tty", "follow", "orphanDependents", "exclude", "verbose",
    ]
    private static let values = [
        "", "0", "1", "-1", "99999999999999999999", "a=b", "a in (", "!", "All", "true", "Strict", "Exact", "NotOlderThan", "\u{0}", "é",
        "metadata.name=a", "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTUsInN0YXJ0IjoiXHUwMDAwIn0", "9223372036854775807", "Foreground",
    ]
    private static let bodies: [String] = [
        "", "{", "null", "[]", "\"x\"", "{}", "{\"metadata\":[]}", "{\"metadata\":{\"name\":1}}", "{\"metadata\":{\"name\":\"a\"}}",
        "{\"metadata\":{\"name\":\"a\",\"labels\":{\"x\":null}},\"spec\":[]}", "[{\"op\":\"add\",\"path\":\"/x/y\",\"value\":1}]",
        "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":7}]},\"metadata\":{\"name\":\"a\"}}", "{\"spec\":null,\"status\":7}",
        "{\"metadata\":{\"generateName\":\"a\",\"finalizers\":\"x\",\"ownerReferences\":{}}}", "a: [b\n", "k8s\u{0}\u{0A}\u{05}",
        "{\"spec\":{\"group\":\"x.example\",\"names\":{\"plural\":\"xs\",\"kind\":\"X\"},\"scope\":\"Namespaced\",\"versions\":[{\"name\":\"v1\","
            + "\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":7,\"properties\":[]}}}]},\"metadata\":{\"name\":\"xs.x.example\"}}",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":{}}},\"selector\":\"x\",\"replicas\":\"y\"},\"metadata\":{\"name\":\"a\"}}",
    ]

    private func pick(_ choices: [String]) -> String { choices[random.next(below: choices.count)] }

    private func path() -> String {
        switch random.next(below: 4) {
        case 0: return "/" + (0..<random.next(below: 8)).map { _ in pick(Self.pieces) }.joined(separator: "/")
        case 1: return "/api/v1/namespaces/default/\(pick(Self.pieces))/\(pick(Self.pieces))/\(pick(Self.pieces))"
        case 2: return "/apis/\(pick(Self.pieces))/v1/namespaces/default/\(pick(Self.pieces))"
        default: return "/api/v1/namespaces/default/\(pick(["pods", "configmaps", "services", "secrets", "events"]))/a"
        }
    }

    private func body() -> [UInt8] {
        var bytes = Array(pick(Self.bodies).utf8)
        if random.next(below: 3) == 0, !bytes.isEmpty {
            for _ in 0..<3 { bytes[random.next(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
        }
        return bytes
    }

    private func request() -> APIRequest {
        let query = (0..<random.next(below: 4)).map { _ in (name: pick(Self.names), value: pick(Self.values)) }
        return APIRequest(
            method: pick(Self.methods), path: path(), query: query,
            headers: [("content-type", pick(Self.types)), ("accept", pick(Self.accepts))], body: body(), clientCertificate: identity
        )
    }

    @Test("get an answer, and errors are a Status")
    func anything() async {
        let cluster = TestAPI()
        for _ in 0..<3_000 {
            let request = request()
            let answer = await cluster.send(request)
            #expect((100..<600).contains(answer.status))
            if answer.status >= 400, answer.headers["content-type"] == "application/json" {
                #expect(answer.json["kind"] == "Status", "\(request.method) \(request.path)")
                #expect(answer.json["code"]?.intValue == answer.status)
            }
        }
        await cluster.advance(by: .seconds(60))
        #expect(await cluster.send("GET", "/readyz").text == "ok")
    }
}
