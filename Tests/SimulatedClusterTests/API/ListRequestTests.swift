import KubernetesModel
@testable import SimulatedCluster
import Testing

@Suite("Requests for collections")
struct ListRequestTests {
    private let cluster = TestAPI()
    private let path = "/api/v1/namespaces/default/configmaps"

    private func names(_ answer: TestAPI.Answer) -> [String] {
        answer.json["items"]?.arrayValue?.compactMap { $0[path: ["metadata", "name"]]?.stringValue } ?? []
    }

    private func fill(_ count: Int) async {
        for index in 0..<count { _ = await cluster.configMap("c\(index)", labels: ["n": .string("\(index % 2)")]) }
    }

    @Test("pages show one revision, whatever happens between them")
    func pages() async {
        await fill(5)
        let first = await cluster.send("GET", "\(path)?limit=2&labelSelector=n")
        let token = first.json[path: ["metadata", "continue"]]?.stringValue ?? ""
        _ = await cluster.send("DELETE", "\(path)/c3")
        _ = await cluster.configMap("c2a", labels: ["n": "0"])
        let second = await cluster.send("GET", "\(path)?limit=2&labelSelector=n&continue=\(token)")
        #expect(names(first) == ["c0", "c1"])
        #expect(names(second) == ["c2", "c3"])
        #expect(first.json[path: ["metadata", "resourceVersion"]] == second.json[path: ["metadata", "resourceVersion"]])
    }

    @Test("the first page says how many objects remain")
    func remaining() async {
        await fill(5)
        let whole = await cluster.send("GET", path)
        let first = await cluster.send("GET", "\(path)?limit=2")
        #expect(first.json[path: ["metadata", "remainingItemCount"]]?.intValue == names(whole).count - 2)
    }

    @Test("a token that makes no sense is a bad request")
    func badToken() async {
        #expect(await cluster.send("GET", "\(path)?continue=garbage").status == 400)
    }

    @Test("selectors pick by labels and fields")
    func selectors() async {
        await fill(4)
        #expect(names(await cluster.send("GET", "\(path)?labelSelector=n%3D1")) == ["c1", "c3"])
        #expect(names(await cluster.send("GET", "\(path)?labelSelector=n&fieldSelector=metadata.name!%3Dc1")) == ["c0", "c2", "c3"])
        let unknown = await cluster.send("GET", "\(path)?fieldSelector=data.x%3D1")
        #expect(unknown.status == 400)
        #expect(unknown.json["message"] == "\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")
    }

    @Test("a version of the future has to be waited for")
    func future() async {
        let answer = await cluster.send("GET", "\(path)?resourceVersion=999999999")
        #expect(answer.status == 504)
        #expect(answer.headers["retry-after"] == "1")
    }

    @Test("items of built-in kinds don't repeat their kind")
    func items() async {
        await fill(1)
        let list = await cluster.send("GET", "\(path)?labelSelector=n")
        #expect(list.json["kind"] == "ConfigMapList")
        #expect(list.json["items"]?[0]?["kind"] == nil)
    }

    @Test("a table has the server's columns and the objects' metadata")
    func table() async {
        await fill(1)
        let answer = await cluster.send(
            "GET", "\(path)?labelSelector=n", headers: [("accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")]
        )
        let columns = answer.json["columnDefinitions"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
        #expect(columns == ["Name", "Data", "Age"])
        #expect(answer.json["rows"]?[0]?["cells"] == ["c0", 0, "0s"])
        #expect(answer.json["rows"]?[0]?[path: ["object", "kind"]] == "PartialObjectMetadata")
    }

    @Test("a media type that isn't offered is not acceptable")
    func notAcceptable() async {
        let answer = await cluster.send("GET", path, headers: [("accept", "text/html")])
        #expect(answer.status == 406)
    }
}
