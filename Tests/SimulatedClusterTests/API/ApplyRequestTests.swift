import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Server-side apply")
struct ApplyRequestTests {
    private let cluster = TestAPI()

    private func apply(_ manager: String, _ data: JSONValue, force: Bool = false) async -> TestAPI.Answer {
        await cluster.send(
            "PATCH", "/api/v1/namespaces/default/configmaps/c?fieldManager=\(manager)&force=\(force)",
            ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "c"], "data": data],
            headers: [("content-type", "application/apply-patch+yaml")]
        )
    }

    @Test("a field that the kind doesn't have can't be owned")
    func unknownField() async {
        let answer = await cluster.send(
            "PATCH", "/api/v1/namespaces/default/configmaps/x?fieldManager=me",
            ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "x"], "bogus": 1],
            headers: [("content-type", "application/apply-patch+yaml")])
        #expect(answer.status == 500)
        #expect(
            answer.json["message"]
                == "failed to create typed patch object (default/x; /v1, Kind=ConfigMap): .bogus: field not declared in schema")
    }

    @Test("creates what isn't there, and removes what its manager no longer wants")
    func createAndUpdate() async {
        #expect(await apply("one", ["a": "1"]).status == 201)
        let second = await apply("one", ["b": "2"])
        #expect(second.status == 200)
        #expect(second.json["data"] == ["b": "2"])
    }

    @Test("refuses to take another manager's field unless forced")
    func conflict() async {
        _ = await apply("one", ["a": "1"])
        let refused = await apply("two", ["a": "9"])
        #expect(refused.status == 409)
        #expect(refused.json["message"] == "Apply failed with 1 conflict: conflict with \"one\": .data.a")
        #expect(await apply("two", ["a": "9"], force: true).json["data"] == ["a": "9"])
    }

    @Test("needs a manager")
    func manager() async {
        let answer = await apply("", ["a": "1"])
        #expect(answer.status == 422)
    }
}
