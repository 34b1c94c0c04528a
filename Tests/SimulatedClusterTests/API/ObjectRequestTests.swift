import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Requests for single objects")
struct ObjectRequestTests {
    private let cluster = TestAPI()
    private let path = "/api/v1/namespaces/default/configmaps"

    @Test("a created object gets a uid, a version and a time")
    func create() async {
        let answer = await cluster.configMap("a", data: ["x": "1"])
        #expect(answer.status == 201)
        #expect(answer.json["kind"] == "ConfigMap")
        #expect(answer.json["data"] == ["x": "1"])
        #expect(answer.json[path: ["metadata", "creationTimestamp"]] == "2026-01-01T00:00:00Z")
        #expect(answer.json[path: ["metadata", "uid"]]?.stringValue?.count == 36)
        #expect(answer.json[path: ["metadata", "resourceVersion"]]?.stringValue?.isEmpty == false)
    }

    @Test("a second object of the same name is refused")
    func alreadyExists() async {
        _ = await cluster.configMap("a")
        let answer = await cluster.configMap("a")
        #expect(answer.status == 409)
        #expect(answer.json["message"] == "configmaps \"a\" already exists")
    }

    @Test("a patch of too many operations is too large")
    func tooManyOperations() async {
        _ = await cluster.configMap("a")
        let answer = await cluster.send(
            "PATCH", "\(path)/a", .array(Array(repeating: ["op": "test", "path": "/kind", "value": "ConfigMap"], count: 10_001)),
            headers: [("content-type", "application/json-patch+json")])
        #expect(answer.status == 413)
        #expect(answer.json["reason"] == "RequestEntityTooLarge")
    }

    @Test("a scale of more replicas than 32 bits hold is refused, and changes nothing")
    func tooManyReplicas() async {
        let deployments = "/apis/apps/v1/namespaces/default/deployments"
        let template: JSONValue = [
            "metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "web", "image": "nginx:1.27"]]],
        ]
        _ = await cluster.send(
            "POST", deployments,
            ["metadata": ["name": "web"], "spec": ["selector": ["matchLabels": ["app": "web"]], "template": template]]
        )
        let answer = await cluster.send(
            "PATCH", "\(deployments)/web/scale", ["spec": ["replicas": 99_999_999_999]],
            headers: [("content-type", "application/merge-patch+json")]
        )
        #expect(answer.status == 422)
        #expect(answer.json["message"]?.stringValue?.hasSuffix("of type int32") == true)
        #expect(await cluster.send("GET", "\(deployments)/web").json[path: ["spec", "replicas"]] == 1)
    }

    @Test("an update with an old version is a conflict")
    func conflict() async {
        let created = await cluster.configMap("a", data: ["x": "1"])
        var old = created.json
        _ = await cluster.send(
            "PATCH", "\(path)/a", ["data": ["x": "2"]], headers: [("content-type", "application/merge-patch+json")]
        )
        old[path: ["data", "x"]] = "3"
        let answer = await cluster.send("PUT", "\(path)/a", old)
        #expect(answer.status == 409)
        #expect(answer.json["reason"] == "Conflict")
    }

    @Test("a change that changes nothing keeps the version")
    func unchanged() async {
        let created = await cluster.configMap("a", data: ["x": "1"])
        let patched = await cluster.send(
            "PATCH", "\(path)/a", ["data": ["x": "1"]], headers: [("content-type", "application/merge-patch+json")]
        )
        #expect(patched.status == 200)
        #expect(patched.json[path: ["metadata", "resourceVersion"]] == created.json[path: ["metadata", "resourceVersion"]])
    }

    @Test("a generated name ends in five characters of Kubernetes's alphabet")
    func generateName() async {
        let answer = await cluster.send("POST", path, ["metadata": ["generateName": "a-"]])
        let name = answer.json[path: ["metadata", "name"]]?.stringValue ?? ""
        #expect(name.count == 7)
        #expect(name.dropFirst(2).allSatisfy(Randomness.alphabet.contains))
    }

    @Test("a dry run stores nothing")
    func dryRun() async {
        let answer = await cluster.send("POST", "\(path)?dryRun=All", ["metadata": ["name": "a"]])
        #expect(answer.status == 201)
        #expect(await cluster.send("GET", "\(path)/a").status == 404)
    }

    @Test("a finalizer holds an object until it is removed")
    func finalizer() async {
        _ = await cluster.send("POST", path, ["metadata": ["name": "a", "finalizers": ["x.example/hold"]]])
        let deleted = await cluster.send("DELETE", "\(path)/a")
        #expect(deleted.json["kind"] == "ConfigMap")
        #expect(deleted.json[path: ["metadata", "deletionTimestamp"]] != nil)
        _ = await cluster.send(
            "PATCH", "\(path)/a", ["metadata": ["finalizers": .null]], headers: [("content-type", "application/merge-patch+json")]
        )
        #expect(await cluster.send("GET", "\(path)/a").status == 404)
    }

    @Test("a precondition that isn't met keeps the object")
    func precondition() async {
        _ = await cluster.configMap("a")
        let answer = await cluster.send("DELETE", "\(path)/a", ["preconditions": ["uid": "other"]])
        #expect(answer.status == 409)
        #expect(await cluster.send("GET", "\(path)/a").status == 200)
    }

    @Test("a body of another kind is refused")
    func wrongKind() async {
        let answer = await cluster.send("POST", path, ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "a"]])
        #expect(answer.status == 400)
    }

    @Test("a body above three MiB is refused")
    func tooLarge() async {
        let answer = await cluster.configMap("a", data: ["x": .string(String(repeating: "x", count: 3 << 20))])
        #expect(answer.status == 413)
    }

    @Test("an object may not grow beyond what a database takes, and stays as it was")
    func growsTooLarge() async {
        let deployments = "/apis/apps/v1/namespaces/default/deployments"
        func spec(_ arguments: Int) -> JSONValue {
            let argument = JSONValue.string(String(repeating: "x", count: 800_000))
            let container: JSONValue = ["name": "web", "image": "nginx:1.27", "args": .array(Array(repeating: argument, count: arguments))]
            let template: JSONValue = ["metadata": ["labels": ["app": "web"]], "spec": ["containers": [container]]]
            return ["replicas": 0, "selector": ["matchLabels": ["app": "web"]], "template": template]
        }
        #expect(await cluster.send("POST", deployments, ["metadata": ["name": "web"], "spec": spec(1)]).status == 201)
        let answer = await cluster.send(
            "PATCH", "\(deployments)/web", ["spec": spec(3)], headers: [("content-type", "application/merge-patch+json")])
        #expect(answer.status == 500)
        #expect(answer.json["message"] == "etcdserver: request is too large")
        #expect(answer.json["reason"] == nil)
        let kept = await cluster.send("GET", "\(deployments)/web").json
        #expect(kept[path: ["spec", "template", "spec", "containers"]]?[0]?["args"]?.arrayValue?.count == 1)
    }

    @Test("a namespace that does not exist takes nothing")
    func missingNamespace() async {
        let answer = await cluster.send("POST", "/api/v1/namespaces/nowhere/configmaps", ["metadata": ["name": "a"]])
        #expect(answer.status == 404)
        #expect(answer.json["message"] == "namespaces \"nowhere\" not found")
    }

    @Test("the same seed gives the same cluster")
    func deterministic() async {
        let first = await TestAPI(seed: 7).configMap("a")
        let second = await TestAPI(seed: 7).configMap("a")
        let other = await TestAPI(seed: 8).configMap("a")
        #expect(first.text == second.text)
        #expect(first.text != other.text)
    }

    @Test("nothing can be written in all namespaces at once", arguments: ["POST", "DELETE"])
    func allNamespaces(method: String) async {
        _ = await cluster.configMap("a")
        let answer = await cluster.send(method, "/api/v1/configmaps")
        #expect(answer.status == 405)
        #expect(answer.json["reason"] == "MethodNotAllowed")
        #expect(await cluster.send("GET", "\(path)/a").status == 200)
    }
}
