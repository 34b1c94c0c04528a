import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Custom resources")
struct CustomResourceTests {
    private let cluster = TestAPI()
    private let path = "/apis/x.example/v1/namespaces/default/gadgets"

    private func define() async {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "spec": [
                    "type": "object", "required": ["size"],
                    "properties": ["size": ["type": "integer", "minimum": 1], "mode": ["type": "string", "default": "fast"]],
                ]
            ],
        ]
        let version: JSONValue = [
            "name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema],
            "subresources": ["status": [:], "scale": ["specReplicasPath": ".spec.size", "statusReplicasPath": ".status.size"]],
            "additionalPrinterColumns": [["name": "Size", "type": "integer", "jsonPath": ".spec.size"]],
        ]
        let names: JSONValue = ["plural": "gadgets", "singular": "gadget", "kind": "Gadget"]
        let spec: JSONValue = ["group": "x.example", "scope": "Namespaced", "names": names, "versions": [version]]
        _ = await cluster.send(
            "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", ["metadata": ["name": "gadgets.x.example"], "spec": spec]
        )
        await cluster.advance(by: .seconds(1))
    }

    @Test("whose patterns are no regular expressions are refused with their definition")
    func patterns() async {
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "a": ["type": "string", "pattern": "(a"], "b": ["type": "string", "anyOf": [["pattern": "x"], ["pattern": "+"]]],
            ],
        ]
        let version: JSONValue = ["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema]]
        let names: JSONValue = ["plural": "gadgets", "kind": "Gadget"]
        let spec: JSONValue = ["group": "x.example", "scope": "Namespaced", "names": names, "versions": [version]]
        let answer = await cluster.send(
            "POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", ["metadata": ["name": "gadgets.x.example"], "spec": spec])
        #expect(answer.status == 422)
        let told = answer.json[path: ["details", "causes"]]?.arrayValue?.compactMap { $0["message"]?.stringValue } ?? []
        #expect(
            told == [
                "Invalid value: \"(a\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(a`",
                "Invalid value: \"+\": must be a valid regular expression, but isn't: error parsing regexp: "
                    + "missing argument to repetition operator: `+`",
            ])
    }

    private func create(_ name: String, _ spec: JSONValue) async -> TestAPI.Answer {
        await cluster.send("POST", path, ["metadata": ["name": .string(name)], "spec": spec])
    }

    @Test("are served once their definition is established")
    func established() async {
        #expect(await cluster.send("GET", path).status == 404)
        await define()
        let definition = await cluster.send("GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.x.example")
        let conditions = definition.json[path: ["status", "conditions"]]?.arrayValue?.compactMap { $0["type"]?.stringValue }
        #expect(conditions == ["NamesAccepted", "Established"])
        #expect(await cluster.send("GET", path).json["kind"] == "GadgetList")
    }

    @Test("are read in all namespaces at once, but neither made nor deleted there", arguments: ["POST", "DELETE", "PUT", "PATCH"])
    func allNamespaces(method: String) async {
        await define()
        _ = await create("g", ["size": 2])
        let all = "/apis/x.example/v1/gadgets"
        let answer = await cluster.send(method, all, ["metadata": ["name": "h"], "spec": ["size": 1]])
        #expect(answer.status == 404)
        #expect(answer.text == "404 page not found\n")
        #expect(await cluster.send("GET", all).json["items"]?.arrayValue?.count == 1)
    }

    @Test("get defaults, and lose unknown fields with a warning")
    func defaults() async {
        await define()
        let answer = await create("g", ["size": 2, "extra": true])
        #expect(answer.json["spec"] == ["size": 2, "mode": "fast"])
        #expect(answer.headers["warning"] == "299 - \"unknown field \\\"spec.extra\\\"\"")
    }

    @Test("are held against their schema")
    func validation() async {
        await define()
        let answer = await create("g", ["size": 0])
        #expect(answer.status == 422)
        #expect(
            answer.json["message"]
                == "Gadget.x.example \"g\" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1"
        )
    }

    @Test("scale by the paths of their definition")
    func scale() async {
        await define()
        _ = await create("g", ["size": 2])
        #expect(await cluster.send("GET", "\(path)/g/scale").json["spec"] == ["replicas": 2])
        _ = await cluster.send("PUT", "\(path)/g/scale", ["metadata": ["name": "g"], "spec": ["replicas": 5]])
        #expect(await cluster.send("GET", "\(path)/g").json[path: ["spec", "size"]] == 5)
    }

    @Test("go with their definition")
    func removal() async {
        await define()
        _ = await create("g", ["size": 2])
        _ = await cluster.send("DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.x.example")
        await cluster.advance(by: .seconds(10))
        #expect(await cluster.send("GET", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.x.example").status == 404)
        #expect(await cluster.send("GET", path).status == 404)
    }
}
