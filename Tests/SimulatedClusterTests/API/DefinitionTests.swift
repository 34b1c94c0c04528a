import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Definitions of custom resources")
struct DefinitionTests {
    private let cluster = TestAPI()
    private let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    private let gadgets = "/apis/x.example/v1/namespaces/default/gadgets"

    private func define(
        _ plural: String = "gadgets", kind: String = "Gadget", group: String = "x.example", spec: JSONValue = Self.colors,
        annotations: JSONValue = [:]
    ) async -> TestAPI.Answer {
        let colored: JSONValue = ["type": "object", "properties": ["spec": spec]]
        let version: JSONValue = [
            "name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": colored],
            "selectableFields": [["jsonPath": ".spec.color"]],
        ]
        let answer = await cluster.send(
            "POST", definitions,
            [
                "metadata": ["name": .string("\(plural).\(group)"), "annotations": annotations],
                "spec": [
                    "group": .string(group), "scope": "Namespaced", "versions": [version],
                    "names": ["plural": .string(plural), "singular": .string(kind.lowercased()), "kind": .string(kind)],
                ],
            ])
        await cluster.advance(by: .seconds(1))
        return answer
    }

    private static let colors: JSONValue = ["type": "object", "properties": ["color": ["type": "string"]]]

    @Test("the fields that a definition names narrow lists and watches")
    func selectableFields() async {
        #expect(await define(spec: Self.colors).status == 201)
        for (name, color) in [("a", "red"), ("b", "blue")] {
            _ = await cluster.send("POST", gadgets, ["metadata": ["name": .string(name)], "spec": ["color": .string(color)]])
        }
        let red = await cluster.send("GET", "\(gadgets)?fieldSelector=spec.color%3Dred")
        #expect(red.json["items"]?.arrayValue?.map { $0[path: ["metadata", "name"]] } == ["a"])
        let watch = await cluster.watch("\(gadgets)?watch=1&fieldSelector=spec.color%3Dred&resourceVersion=0")
        #expect(events(in: watch) == ["ADDED a"])
        _ = await cluster.send(
            "PATCH", "\(gadgets)/b", ["spec": ["color": "red"]], headers: [("content-type", "application/merge-patch+json")])
        #expect(events(in: watch) == ["ADDED b"])
        #expect(await cluster.send("GET", "\(gadgets)?fieldSelector=spec.size%3D1").status == 400)
    }

    @Test("a second definition with the names of the first is not served, and says so; it is once the first has gone")
    func conflict() async {
        _ = await define()
        _ = await define("widgets", kind: "Gadget")
        func conditions() async -> [String] {
            let status = await cluster.send("GET", "\(definitions)/widgets.x.example").json["status"]
            return (status?["conditions"]?.arrayValue ?? []).map { "\($0["type"]?.stringValue ?? "") \($0["reason"]?.stringValue ?? "")" }
        }
        #expect(await conditions() == ["NamesAccepted ListKindConflict", "Established NotAccepted"])
        #expect(await cluster.send("GET", "/apis/x.example/v1/namespaces/default/widgets").status == 404)
        _ = await cluster.send("DELETE", "\(definitions)/gadgets.x.example")
        await cluster.advance(by: .seconds(5))
        #expect(await conditions() == ["NamesAccepted NoConflicts", "Established InitialNamesAccepted"])
        #expect(await cluster.send("GET", "/apis/x.example/v1/namespaces/default/widgets").status == 200)
    }

    @Test("a schema may say by a flag that an object holds anything")
    func additionalProperties() async {
        let free: JSONValue = ["type": "object", "additionalProperties": true]
        #expect(await define(spec: ["type": "object", "properties": ["color": ["type": "string"], "data": free]]).status == 201)
        let made = await cluster.send("POST", gadgets, ["metadata": ["name": "a"], "spec": ["data": ["x": ["y": 1]]]])
        #expect(made.json[path: ["spec", "data", "x", "y"]] == 1)
    }

    @Test(
        "a schema that can't be kept to is refused",
        arguments: [
            (["type": "string", "pattern": "("], "must be a valid regular expression"),
            (["$ref": "#/x", "type": "string"], "$ref is not supported"),
            (["type": "array", "items": ["type": "string"], "x-kubernetes-list-type": "heap"], "Unsupported value: \"heap\""),
            (
                ["type": "array", "items": ["type": "object"], "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]],
                "entries must all be names of item properties"
            ),
        ] as [(JSONValue, String)])
    func refused(property: JSONValue, problem: String) async {
        let answer = await define(spec: ["type": "object", "properties": ["p": property]])
        #expect(answer.status == 422)
        #expect(answer.json["message"]?.stringValue?.contains(problem) == true)
    }

    @Test("objects of a Kubernetes domain that isn't built in count their generations, too")
    func generation() async {
        _ = await define(
            "routes", kind: "Route", group: "gateway.networking.k8s.io", spec: Self.colors,
            annotations: ["api-approved.kubernetes.io": "unapproved, test"])
        let path = "/apis/gateway.networking.k8s.io/v1/namespaces/default/routes"
        #expect(
            await cluster.send("POST", path, ["metadata": ["name": "a"], "spec": ["color": "red"]]).json[path: ["metadata", "generation"]]
                == 1)
        let changed = await cluster.send(
            "PATCH", "\(path)/a", ["spec": ["color": "blue"]], headers: [("content-type", "application/merge-patch+json")])
        #expect(changed.json[path: ["metadata", "generation"]] == 2)
    }
}
