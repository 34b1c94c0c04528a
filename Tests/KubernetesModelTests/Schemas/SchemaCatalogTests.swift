import Testing

@testable import KubernetesModel

@Suite struct SchemaCatalogTests {
    let catalog = SchemaCatalog.builtIn

    @Test("every listed and writable resource has a definition")
    func completeness() {
        let missing = ResourceCatalog.builtIn.resources.filter { catalog.definition(for: $0.gvk) == nil }.map(\.gvk.description)
        #expect(missing == ["metrics.k8s.io/v1beta1 NodeMetrics", "metrics.k8s.io/v1beta1 PodMetrics"])
    }

    @Test("a field carries its type, number, merge key and list keys")
    func containers() throws {
        let pod = try #require(catalog.root(of: GroupVersionKind(group: "", version: "v1", kind: "Pod")))
        let containers = try #require(pod.member("spec")?.member("containers"))
        #expect(containers.field.isRequired)
        #expect(containers.field.patch == PatchStrategy(merges: true, mergeKey: "name"))
        #expect(containers.field.list == .map(keys: ["name"]))
        #expect(containers.field.protobufPath == [2])
        let ports = try #require(containers.element?.member("ports"))
        #expect(ports.field.list == .map(keys: ["containerPort", "protocol"]))
        #expect(ports.element?.member("protocol")?.field.defaultValue == "TCP")
        #expect(ports.element?.member("nonsense") == nil)
        let volumes = try #require(pod.member("spec")?.member("volumes"))
        #expect(volumes.field.patch == PatchStrategy(merges: true, retainsKeys: true, mergeKey: "name"))
        #expect(volumes.element?.member("hostPath")?.field.protobufPath == [2, 1])
        #expect(containers.element?.member("resources")?.member("limits")?.type == .map(.quantity))
    }

    @Test("every reference leads to a definition")
    func references() {
        func reach(_ type: SchemaType) -> Int? {
            switch type {
            case .object(let index): index
            case .list(let inner), .map(let inner): reach(inner)
            default: nil
            }
        }
        let places = catalog.definitions.flatMap(\.fields).compactMap { reach($0.type) }
        #expect(!places.isEmpty)
        #expect(places.allSatisfy(catalog.definitions.indices.contains))
    }

    @Test("a custom resource's schema is understood")
    func customResource() throws {
        let kind = GroupVersionKind(group: "example.com", version: "v1", kind: "Gadget")
        let schema: JSONValue = [
            "type": "object",
            "properties": [
                "spec": [
                    "type": "object",
                    "properties": [
                        "parts": [
                            "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["id"],
                            "items": ["type": "object", "properties": ["id": ["type": "string"]]],
                        ],
                        "free": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                    ],
                ]
            ],
        ]
        let root = try #require(catalog.adding(kind, schema: schema).root(of: kind))
        #expect(root.member("metadata")?.member("labels")?.type == .map(.string))
        #expect(root.member("spec")?.member("parts")?.field.list == .map(keys: ["id"]))
        #expect(root.member("spec")?.member("free")?.member("x") != nil)
        #expect(root.member("spec")?.member("x") == nil)
    }
}
