import Testing

@testable import KubernetesModel

@Suite struct ServerSideApplyTests {
    static let now = Instant(seconds: 1_767_225_600)

    static func root(_ kind: String) throws -> SchemaNode {
        let group = kind == "Deployment" ? "apps" : ""
        return try #require(SchemaCatalog.builtIn.root(of: GroupVersionKind(group: group, version: "v1", kind: kind)))
    }

    static func apply(_ yaml: String, to live: KubernetesObject?, by manager: String, force: Bool = false, kind: String = "ConfigMap")
        throws -> KubernetesObject
    {
        var configuration = try #require(YAML.parseOne(yaml).objectValue)
        configuration["apiVersion"] = kind == "Deployment" ? "apps/v1" : "v1"
        configuration["kind"] = .string(kind)
        return try ServerSideApply.apply(configuration, to: live, root: root(kind), manager: manager, force: force, at: now)
    }

    static func owners(_ object: KubernetesObject) -> [String] {
        (object["metadata", "managedFields"]?.arrayValue ?? []).map {
            "\($0.string("manager") ?? "") \($0.string("operation") ?? "") \($0["fieldsV1"]?.description ?? "")"
        }
    }

    @Test("a manager that applies less gives up what only it owned")
    func applyingLess() throws {
        let first = try Self.apply("{metadata: {name: c}, data: {a: '1'}}", to: nil, by: "one")
        #expect(Self.owners(first) == [#"one Apply {"f:data":{"f:a":{}}}"#])
        let second = try Self.apply("{metadata: {name: c}, data: {b: '2'}}", to: first, by: "one")
        #expect(second["data"] == ["b": "2"])
        let third = try Self.apply("{metadata: {name: c}}", to: second, by: "one")
        #expect(third["data"] == nil)
        #expect(Self.owners(third) == [])
    }

    @Test("another manager's value is a conflict, unless forced")
    func conflicts() throws {
        let first = try Self.apply("{metadata: {name: c}, data: {a: '1'}}", to: nil, by: "one")
        let shared = try Self.apply("{metadata: {name: c}, data: {a: '1', b: '2'}}", to: first, by: "two")
        #expect(Self.owners(shared).count == 2)
        let error = #expect(throws: PatchError.self) { try Self.apply("{metadata: {name: c}, data: {a: '9'}}", to: first, by: "two") }
        #expect(error?.message == "Apply failed with 1 conflict: conflict with \"one\": .data.a")
        #expect(error?.kind == .conflicts([FieldConflict(manager: "\"one\"", path: ".data.a")]))
        let forced = try Self.apply("{metadata: {name: c}, data: {a: '9'}}", to: shared, by: "two", force: true)
        #expect(forced["data"] == ["a": "9"])
        #expect(Self.owners(forced) == [#"two Apply {"f:data":{"f:a":{}}}"#])
        let left = try Self.apply("{metadata: {name: c}}", to: forced, by: "one")
        #expect(left["data"] == ["a": "9"])
    }

    @Test("an update owns what it changed")
    func updates() throws {
        let first = try Self.apply("{metadata: {name: c}, data: {a: '1'}}", to: nil, by: "one")
        var changed = first
        changed["data", "b"] = "2"
        let managed = ServerSideApply.update(changed, replacing: first, root: try Self.root("ConfigMap"), manager: "hand", at: Self.now)
        changed["metadata", "managedFields"] = managed
        #expect(Self.owners(changed) == [#"one Apply {"f:data":{"f:a":{}}}"#, #"hand Update {"f:data":{"f:b":{}}}"#])
        var stolen = changed
        stolen["data", "a"] = "5"
        stolen["metadata", "managedFields"] = ServerSideApply.update(
            stolen, replacing: changed, root: try Self.root("ConfigMap"), manager: "hand", at: Self.now)
        #expect(Self.owners(stolen) == [#"hand Update {"f:data":{"f:a":{},"f:b":{}}}"#])
        let error = #expect(throws: PatchError.self) { try Self.apply("{metadata: {name: c}, data: {a: '1'}}", to: stolen, by: "one") }
        #expect(error?.message == "Apply failed with 1 conflict: conflict with \"hand\" using v1: .data.a")
    }

    @Test("keyed lists are owned element by element")
    func keyedLists() throws {
        let deployment =
            "{metadata: {name: d, labels: {app: x}}, spec: {selector: {matchLabels: {app: x}}, template: {spec: {containers: [{name: web, image: a, ports: [{containerPort: 80}]}]}}}}"
        let first = try Self.apply(deployment, to: nil, by: "one", kind: "Deployment")
        #expect(
            Self.owners(first) == [
                #"one Apply {"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:selector":{},"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"f:image":{},"f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}}}}}}"#
            ])
        let side = try Self.apply(
            "{metadata: {name: d}, spec: {template: {spec: {containers: [{name: side, image: b}]}}}}", to: first, by: "two",
            kind: "Deployment")
        #expect(side["spec", "template", "spec", "containers"]?.arrayValue?.compactMap { $0.string("name") } == ["web", "side"])
        let error = #expect(throws: PatchError.self) {
            try Self.apply(
                "{metadata: {name: d}, spec: {template: {spec: {containers: [{name: web, image: z}]}}}}", to: side, by: "two",
                kind: "Deployment")
        }
        #expect(error?.message == "Apply failed with 1 conflict: conflict with \"one\": .spec.template.spec.containers[name=\"web\"].image")
        let without = try Self.apply("{metadata: {name: d}}", to: side, by: "two", kind: "Deployment")
        #expect(without["spec", "template", "spec", "containers"]?.arrayValue?.compactMap { $0.string("name") } == ["web"])
    }

    @Test("creating an object owns its parts, but not what every object has")
    func creation() throws {
        let object = try #require(
            KubernetesObject(
                YAML.parseOne(
                    "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}, spec: {containers: [{name: c, image: x, resources: {}}]}}"
                )))
        let managed = ServerSideApply.update(object, replacing: nil, root: try Self.root("Pod"), manager: "kubectl-run", at: Self.now)
        #expect(
            managed?[0]?["fieldsV1"]?.description
                == #"{"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},"f:resources":{}}}}}"#
        )
        #expect(managed?[0]?.string("time") == "2026-01-01T00:00:00Z")
    }

    @Test("applying the same again changes nothing, not even the time")
    func idempotence() throws {
        let first = try Self.apply("{metadata: {name: c}, data: {a: '1'}}", to: nil, by: "one")
        var configuration: JSONObject = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "c"], "data": ["a": "1"]]
        let again = try ServerSideApply.apply(
            configuration, to: first, root: Self.root("ConfigMap"), manager: "one", force: false, at: Self.now + .seconds(60))
        #expect(again == first)
        configuration["data"] = ["a": "2"]
        let changed = try ServerSideApply.apply(
            configuration, to: first, root: Self.root("ConfigMap"), manager: "one", force: false, at: Self.now + .seconds(60))
        #expect(changed["metadata", "managedFields"]?[0]?.string("time") == "2026-01-01T00:01:00Z")
    }
}
