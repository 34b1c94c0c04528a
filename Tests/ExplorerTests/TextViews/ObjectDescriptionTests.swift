import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("ObjectDescription")
struct ObjectDescriptionTests {
    private static let theme = Theme(name: "test", styles: [:])

    private static func object(_ json: JSONObject) -> KubernetesObject { KubernetesObject(json) }

    private func describe(_ object: KubernetesObject, as name: String, events: [KubernetesObject] = []) throws -> String {
        let resource = try #require(ResourceCatalog.builtIn.resource(named: name))
        let description = ObjectDescription(object, resource: resource, events: events, now: TestShell.noon)
        return description.lines(theme: Self.theme).map(\.plain).joined(separator: "\n")
    }

    @Test("metadata, fields and events are told below each other")
    func configMap() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": ["name": "settings", "namespace": "shop", "labels": ["app": "web", "tier": "front"]],
            "data": ["greeting": "hello\nworld"],
        ])
        let event = Self.object([
            "type": "Warning", "reason": "Odd", "message": "looks odd", "count": 3, "lastTimestamp": "2026-08-01T11:59:00Z",
            "source": ["component": "kubelet"],
        ])
        #expect(
            try describe(object, as: "configmaps", events: [event]) == """
                Name:                 settings
                Namespace:            shop
                Kind:                 ConfigMap (v1)
                Labels:               app=web
                                      tier=front
                Annotations:          <none>
                Data:
                  Greeting:           hello
                                      world
                Events:
                  Warning  Odd  60s (x3)  kubelet  looks odd
                """)
    }

    @Test("events that can't be listed are not told as none")
    func eventsProblem() throws {
        let object = Self.object(["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "settings"]])
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "configmaps"))
        let description = ObjectDescription(object, resource: resource, events: [], eventsProblem: "forbidden", now: TestShell.noon)
        #expect(description.lines(theme: Self.theme).last?.plain == "Events:  forbidden")
    }

    @Test("decoding is offered for the YAML of Secrets only")
    func decoding() throws {
        let shell = try TestShell.make()
        func isOffered(_ name: String, _ content: DocumentScreen.Content) throws -> Bool {
            let resource = try #require(ResourceCatalog.builtIn.resource(named: name))
            let screen = DocumentScreen(ObjectTarget(resource: resource, namespace: "shop", name: "a"), content: content, shell: shell)
            return screen.bindings.contains { $0.action == "document.decode" }
        }
        #expect(try isOffered("secrets", .yaml))
        #expect(try !isOffered("secrets", .description))
        #expect(try !isOffered("configmaps", .yaml))
    }

    @Test("of a Secret only the sizes are told")
    func secret() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "token"], "data": ["password": "c2VzYW1lIQ=="],
        ])
        let text = try describe(object, as: "secrets")
        #expect(!text.contains("c2VzYW1l") && !text.contains("sesame"))
        #expect(text.contains("bytes"))
    }

    @Test("the values that kubectl apply copies into an annotation are not told; other annotations are")
    func lastApplied() throws {
        let object = Self.object([
            "apiVersion": "v1", "kind": "Secret",
            "metadata": [
                "name": "token",
                "annotations": [
                    "kubectl.kubernetes.io/last-applied-configuration": #"{"data":{"password":"c2VzYW1lIQ=="}}"#, "team": "shop",
                ],
            ],
        ])
        let text = try describe(object, as: "secrets")
        #expect(!text.contains("c2VzYW1l") && !text.contains("last-applied"))
        #expect(text.contains("team: shop"))
    }
}
