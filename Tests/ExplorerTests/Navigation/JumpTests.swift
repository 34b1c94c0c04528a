import KubernetesClient
import KubernetesModel
import Testing

@testable import Explorer

@Suite("Jumps")
struct JumpTests {
    static let pod: JSONValue = [
        "metadata": ["name": "web-1", "labels": ["app.kubernetes.io/name": "web"]],
        "spec": ["nodeName": "node-1", "priority": 7, "containers": [["name": "app"]]],
    ]

    @Test(
        "an object fills in the places of a template",
        arguments: [
            ("app={{.metadata.name}}", "app=web-1"),
            ("{{ .spec.nodeName }}/{{.spec.priority}}", "node-1/7"),
            (#"n={{index .metadata.labels "app.kubernetes.io/name"}}"#, "n=web"),
            ("{{index .spec.containers 0 \"name\"}}", "app"),
            ("plain", "plain"),
        ])
    func filling(text: String, expected: String) throws {
        #expect(try ObjectTemplate(text).filled(from: Self.pod) == expected)
    }

    @Test(
        "what of Go's templates is not known is refused, and says what is known",
        arguments: [
            "{{.metadata.name | upper}}", "{{if .spec}}x{{end}}", "{{printf \"%s\" .metadata.name}}", "{{}}", "{{.metadata.name",
            "{{index}}", "{{.a..b}}",
        ])
    func refused(text: String) {
        #expect(throws: ObjectTemplate.Problem.self) { try ObjectTemplate(text) }
    }

    @Test(
        "a value that the object lacks is told, not made up",
        arguments: ["{{.spec.hostname}}", "{{.metadata.labels}}", "{{index .spec.containers 3}}"])
    func missing(text: String) throws {
        let template = try ObjectTemplate(text)
        #expect(throws: ObjectTemplate.Problem.self) { try template.filled(from: Self.pod) }
    }

    @Test("jumps are read as K9s writes them, and a mistake names its line")
    func reading() {
        let (settings, problems) = ConfigurationFile.jumps.read(
            """
            jumps:
              apps/v1/deployments: {targetGVR: v1/pods, labelSelector: "app={{.metadata.name}}", targetNamespace: all}
              nodes: {targetGVR: v1/events, fieldSelector: "{{len .x}}"}
              v1/pods: {labelSelector: a=b, speed: fast}
            """, name: "jumps.yaml")
        #expect(settings.jumps.map(\.target) == ["v1/pods"], "one without its selector would lead to everything")
        #expect(settings.jumps[0].labels?.text == "app={{.metadata.name}}")
        #expect(problems.map { $0.prefix(18) } == ["jumps.yaml line 3:", "jumps.yaml line 4:", "jumps.yaml line 4:"])
        let deployments = ResourceCatalog.builtIn.resource(named: "deploy")
        #expect(deployments.flatMap(settings.jump(from:))?.target == "v1/pods")
    }

    @Test("a field selector looks at any path, as text")
    func fields() throws {
        let object = try #require(KubernetesObject(Self.pod))
        func holds(_ text: String) throws -> Bool { try #require(FieldConditions(text)).hold(for: object) }
        #expect(try holds("spec.nodeName=node-1,metadata.name==web-1"))
        #expect(try holds("spec.priority=7,status.phase!=Failed"))
        #expect(try !holds("spec.nodeName!=node-1"))
        #expect(FieldConditions("spec.nodeName") == nil && FieldConditions("=x") == nil)
    }
}
