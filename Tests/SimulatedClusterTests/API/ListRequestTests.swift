import KubernetesModel
import Testing

@testable import SimulatedCluster

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

    @Test("a list from the cache, as version 0 asks for it, has no pages")
    func cached() async {
        await fill(3)
        let answer = await cluster.send("GET", "\(path)?labelSelector=n&limit=1&resourceVersion=0")
        #expect(names(answer) == ["c0", "c1", "c2"])
        #expect(answer.json[path: ["metadata", "continue"]] == nil)
        for name in ["e1", "e2"] {
            let event: JSONValue = [
                "metadata": ["name": .string(name)], "involvedObject": ["namespace": "default"], "reason": "Test",
            ]
            #expect(await cluster.send("POST", "/api/v1/namespaces/default/events", event).status == 201)
        }
        let events = await cluster.send("GET", "/api/v1/namespaces/default/events?limit=1&resourceVersion=0")
        #expect(names(events).count == 1)
    }

    @Test("the metadata of a list have another name than those of an object, and versions")
    func metadata() async {
        await fill(1)
        func send(_ path: String, as kind: String, _ version: String = "v1") async -> TestAPI.Answer {
            await cluster.send("GET", path, headers: [("accept", "application/json;as=\(kind);v=\(version);g=meta.k8s.io")])
        }
        let list = await send("\(path)?labelSelector=n", as: "PartialObjectMetadata")
        #expect(list.status == 406)
        #expect(list.json["message"] == "you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)")
        let one = await send("\(path)/c0", as: "PartialObjectMetadataList")
        #expect(
            one.json["message"]
                == "you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)")
        let old = await send("\(path)?labelSelector=n", as: "PartialObjectMetadataList", "v1beta1").json
        #expect(old["apiVersion"] == "meta.k8s.io/v1beta1")
        #expect(old["items"]?[0]?["apiVersion"] == "meta.k8s.io/v1beta1")
        let table = await send("\(path)?labelSelector=n", as: "Table", "v1beta1").json
        #expect(table["apiVersion"] == "meta.k8s.io/v1beta1")
        #expect(table["rows"]?[0]?["object"]?["apiVersion"] == "meta.k8s.io/v1beta1")
    }

    @Test("YAML is not streamed")
    func watchInYAML() async {
        let answer = await cluster.send("GET", "\(path)?watch=1", headers: [("accept", "application/yaml")])
        #expect(answer.status == 406)
        #expect(answer.text.contains("only the following media types are accepted: application/json;stream=watch"))
    }

    @Test("a media type that isn't offered is not acceptable")
    func notAcceptable() async {
        let answer = await cluster.send("GET", path, headers: [("accept", "text/html")])
        #expect(answer.status == 406)
    }
}
