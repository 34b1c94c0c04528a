import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Discovery and OpenAPI")
struct DocumentRequestTests {
    private let cluster = TestAPI()
    private let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

    @Test("aggregated discovery names its form, and is not sent again to who has it")
    func aggregatedDiscovery() async {
        let first = await cluster.send("GET", "/apis", headers: [("accept", "\(aggregated),application/json")])
        #expect(first.headers["content-type"] == aggregated)
        let tag = first.headers["etag"] ?? ""
        let second = await cluster.send("GET", "/apis", headers: [("accept", aggregated), ("if-none-match", tag)])
        #expect(second.status == 304)
    }

    @Test("a group that nobody serves is not found in plain text")
    func unknownGroup() async {
        let answer = await cluster.send("GET", "/apis/nope.example/v1")
        #expect(answer.status == 404)
        #expect(answer.text == "404 page not found\n")
    }

    @Test("the index of OpenAPI leads to documents with merge keys")
    func openAPI() async {
        let index = await cluster.send("GET", "/openapi/v3").json
        let location = index[path: ["paths", "apis/apps/v1", "serverRelativeURL"]]?.stringValue ?? ""
        let answer = await cluster.send("GET", location)
        #expect(answer.headers["cache-control"] == "public, immutable")
        let containers = answer.json[path: ["components", "schemas", "io.k8s.api.core.v1.PodSpec", "properties", "containers"]]
        #expect(containers?["x-kubernetes-patch-merge-key"] == "name")
        #expect(containers?["x-kubernetes-patch-strategy"] == "merge")
        let patch = answer.json[path: ["paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch"]]
        #expect(patch?[path: ["x-kubernetes-group-version-kind", "kind"]] == "Deployment")
    }

    @Test("OpenAPI v2 is given in JSON, and in protobuf to who asks for it")
    func swagger() async {
        let json = await cluster.send("GET", "/openapi/v2").json
        let patch = json[path: ["paths", "/api/v1/namespaces/{name}", "patch"]]
        #expect(patch?["parameters"]?.arrayValue?.contains { $0["name"] == "fieldValidation" } == true)
        let containers = json[path: ["definitions", "io.k8s.api.core.v1.PodSpec", "properties", "containers", "items"]]
        #expect(containers == ["$ref": "#/definitions/io.k8s.api.core.v1.Container"])
        let accept = SwaggerProtobuf.contentType
        let protobuf = await cluster.send("GET", "/openapi/v2", headers: [("accept", accept)])
        #expect(protobuf.headers["content-type"] == accept)
        #expect(protobuf.bytes.starts(with: [0x0A, 3] + Array("2.0".utf8)))
    }

    @Test("an old hash leads to the present one")
    func oldHash() async {
        let answer = await cluster.send("GET", "/openapi/v3/api/v1?hash=OLD")
        #expect(answer.status == 301)
        #expect(answer.headers["location"]?.hasPrefix("/openapi/v3/api/v1?hash=") == true)
    }

    @Test("a field of the wrong type is named as Go names it")
    func wrongType() async {
        let answer = await cluster.send(
            "POST", "/apis/apps/v1/namespaces/default/deployments", ["metadata": ["name": "d"], "spec": ["replicas": "two"]]
        )
        #expect(answer.status == 400)
        #expect(
            answer.json["message"]
                == "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"
        )
    }

    @Test("unknown fields are refused, told or passed over as the request wants it")
    func fieldValidation() async {
        let path = "/api/v1/namespaces/default/configmaps"
        let body: JSONValue = ["metadata": ["generateName": "c-"], "dato": [:]]
        let strict = await cluster.send("POST", "\(path)?fieldValidation=Strict", body)
        let warned = await cluster.send("POST", path, body)
        let ignored = await cluster.send("POST", "\(path)?fieldValidation=Ignore", body)
        #expect(strict.status == 400)
        #expect(warned.headers["warning"] == "299 - \"unknown field \\\"dato\\\"\"")
        #expect(warned.json["dato"] == nil)
        #expect(ignored.status == 201)
        #expect(ignored.headers["warning"] == nil)
    }
}
