import Foundation
import KubernetesClient
import KubernetesModel
import Testing
import TextUI
import Troubleshooting

@testable import Explorer

@Suite("Files with objects", .timeLimit(.minutes(1)))
struct ManifestsTests {
    private static let shop = """
        # a comment
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a}
        ---
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Secret, metadata: {name: b}}
        - {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {}
        """

    @Test("documents and the items of lists are objects, and what is none is told with its place")
    func documents() {
        var manifests = Manifests()
        manifests.add(Self.shop, file: "shop.yaml")
        #expect(
            manifests.documents.map { "\($0.object.kind) \($0.object.name) \($0.number ?? 0)" } == [
                "ConfigMap a 1", "Secret b 2", "Namespace shop 2",
            ])
        #expect(manifests.problems == ["shop.yaml document 3: it has no metadata.name"])
        #expect(manifests.ordered.map(\.object.name) == ["shop", "a", "b"])
    }

    @Test("JSON is YAML, and what is neither is told with its line")
    func formats() {
        var manifests = Manifests()
        manifests.add(#"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}"#, file: "s.json")
        manifests.add("a: [", file: "broken.yaml")
        #expect(manifests.documents.map(\.place) == ["s.json"])
        #expect(manifests.problems.count == 1 && manifests.problems[0].hasPrefix("broken.yaml: invalid YAML in line"))
    }

    @Test("a folder is read with all that is below it")
    func folder() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-manifests-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "deep"), withIntermediateDirectories: true)
        let text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"
        for name in ["b.yaml", "deep/a.yml", "notes.txt", "deep/kustomization.yaml"] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        let manifests = Manifests(path: folder.path)
        #expect(manifests.documents.map(\.place) == ["b.yaml", "deep/a.yml"])
        #expect(
            manifests.problems == [
                "deep/kustomization.yaml: what it changes it changes of its own folder, which is applied by itself"
            ])
        #expect(DirectoryScreen.items(in: folder.path).map(\.name) == ["deep", "b.yaml"])
        #expect(Manifests(path: folder.path + "/none").problems.count == 1)
    }

    @Test(
        "a file that is no UTF-8 is told with the line, and the others are read",
        arguments: [([0x61, 0x3A, 0x0A, 0xE9], 2), ([0xFF, 0xFE, 0x61, 0x00], 1), ([0x0A, 0x0A, 0xED, 0xA0, 0x80, 0x0A], 3)]
            as [([UInt8], Int)])
    func encoding(bytes: [UInt8], line: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fathom-encoding-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: folder.appending(path: "latin.yaml"))
        try Data("apiVersion: v1\nkind: Secret\nmetadata: {name: é}\n".utf8).write(to: folder.appending(path: "unicode.yaml"))
        let manifests = Manifests(path: folder.path)
        #expect(manifests.problems == ["latin.yaml can't be read: line \(line) is no text in UTF-8: save the file in that encoding"])
        #expect(manifests.documents.map(\.object.name) == ["é"])
    }

    @Test("what definitions among them define is known before the server serves it")
    func definitions() throws {
        var manifests = Manifests()
        manifests.add(
            """
            apiVersion: example.com/v1
            kind: Shop
            metadata: {name: a}
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: shops.example.com}
            spec: {group: example.com, scope: Cluster, names: {plural: shops, kind: Shop}, versions: [{name: v1}]}
            """, file: "crd.yaml")
        let shell = try TestShell.make()
        let run = ApplyRun(manifests, catalog: .builtIn, namespace: "shop", client: shell.session.client, rights: shell.session.rights)
        #expect(
            run.entries.map { $0.target?.path } == [
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/shops.example.com", "/apis/example.com/v1/shops/a",
            ])
    }

    @Test("conflicts name the field and who has it")
    func conflicts() {
        let status = ServerStatus([
            "code": 409, "reason": "Conflict",
            "details": [
                "causes": [
                    [
                        "reason": "FieldManagerConflict", "message": #"conflict with "kubectl-edit" using apps/v1"#,
                        "field": ".spec.replicas",
                    ]
                ]
            ],
        ])
        let error = ClientError(.patch, cause: .status(status))
        #expect(ApplyRun.conflicts(error) == [.init(field: ".spec.replicas", manager: "kubectl-edit")])
        #expect(ApplyRun.conflicts(ClientError(.patch, cause: .closedEarly)) == [])
    }

    @Test(
        "the path of a command is a path, whatever it begins with",
        arguments: [
            ("apply /tmp/a b.yaml", "/tmp/a b.yaml"), ("apply x.yaml", "x.yaml"), ("apply -f x.yaml", "x.yaml"),
            ("apply deep/x=1.yaml", "deep/x=1.yaml"),
        ])
    func paths(line: String, path: String) throws {
        #expect(try #require(CommandLine(line)).path == path)
    }

    @Test("what differs is told without the server's own fields")
    func difference() async {
        func object(_ version: String, _ value: String) -> KubernetesObject {
            KubernetesObject([
                "kind": "ConfigMap", "metadata": ["name": "a", "resourceVersion": .string(version)], "data": ["k": .string(value)],
            ])
        }
        #expect(await ApplyRun.difference(object("1", "x"), object("2", "x")).isEmpty)
        #expect(
            await ApplyRun.difference(object("1", "x"), object("2", "z")).map(\.text).filter { !$0.hasPrefix(" ") } == [
                "-   k: x", "+   k: z",
            ])
    }

    @Test("of a Secret's values the sizes are told, and which have changed")
    func secrets() async {
        func secret(_ data: JSONObject, applied: String) -> KubernetesObject {
            KubernetesObject([
                "kind": "Secret", "data": .object(data),
                "metadata": ["name": "s", "annotations": ["kubectl.kubernetes.io/last-applied-configuration": .string(applied)]],
            ])
        }
        let before = secret(["grown": "YQ==", "other": "YWI=", "same": "YWI="], applied: "ab")
        let after = secret(["grown": "YWJj", "other": "YmE=", "same": "YWI="], applied: "ba")
        #expect(
            await ApplyRun.difference(before, after).map(\.text).filter { !$0.hasPrefix(" ") }.sorted() == [
                "+     kubectl.kubernetes.io/last-applied-configuration: <changed, 2 bytes>",
                "+   grown: <3 bytes>", "+   other: <changed, 2 bytes>",
                "-     kubectl.kubernetes.io/last-applied-configuration: <2 bytes>",
                "-   grown: <1 bytes>", "-   other: <2 bytes>",
            ])
    }

    @Test("a namespace is deleted by a file only when its name is typed, and nothing that the server does not allow")
    func deletingNamespace() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fathom-namespace-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("{apiVersion: v1, kind: Namespace, metadata: {name: default}}".utf8).write(to: file)
        try await ServedShell.with { served in
            served.shell.deleteObjects(in: file.path)
            await served.settle()
            #expect(served.shell.picture(width: 120, height: 30).contains("Type default: "))
            served.shell.press("Esc")
            served.shell.session.rights.review = { _, _ in KubernetesObject(["status": ["allowed": false, "reason": "no"]]) }
            served.shell.deleteObjects(in: file.path)
            await served.settle()
            #expect(served.shell.flash?.text == "You may not delete namespaces: no")
        }
    }
}
