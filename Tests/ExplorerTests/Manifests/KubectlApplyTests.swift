import KubernetesClient
import KubernetesModel
import Testing
import TextUI
import Troubleshooting

@testable import Explorer

/// Objects that `kubectl apply` made, and Fathom applies.
@Suite("Applying what kubectl applied", .timeLimit(.minutes(1)))
struct KubectlApplyTests {
    private static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

    /// A config map with `a` and `b` as kubectl would have left it, with what others added since.
    private static func applied(_ copy: String? = nil) -> KubernetesObject {
        let copy =
            copy
            ?? #"{"apiVersion":"v1","data":{"a":"1","b":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"m","namespace":"default"}}"#
        return KubernetesObject(
            [
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": [
                    "name": "m", "namespace": "default",
                    "annotations": ["kubectl.kubernetes.io/last-applied-configuration": .string(copy + "\n"), "theirs": "x"],
                ],
                "data": ["a": "1", "b": "1", "theirs": "x"],
            ] as JSONObject)
    }

    private func run(_ text: String, _ served: ServedShell) async throws -> ApplyRun {
        let maps = GroupVersionResource(resource: "configmaps")
        _ = try await served.client.create(
            Self.applied(), as: maps, namespace: "default", options: WriteOptions(fieldManager: KubectlApply.manager))
        var manifests = Manifests()
        manifests.add(text, file: "all.yaml")
        let run = ApplyRun(
            manifests, catalog: .builtIn, namespace: "default", client: served.client, rights: served.shell.session.rights, pause: {})
        await run.plan(forced: false)
        return run
    }

    @Test("what the file changes changes, what it no longer says goes, what others added stays, and kubectl is told what was applied")
    func threeWays() async throws {
        try await ServedShell.with { served in
            let run = try await run("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {a: '2'}}", served)
            guard case .changes(let lines)? = run.entries.first?.state else { return #expect(Bool(false), "\(run.entries)") }
            #expect(lines.map(\.text).contains("-   b: \"1\""))
            #expect(
                run.writes.map(\.request) == [
                    "PATCH /api/v1/namespaces/default/configmaps/m?fieldManager=kubectl-client-side-apply"
                ])
            served.shell.send(run.writes, done: "Applied")
            await served.settle()
            let found = try #require(try await served.get("configmaps", "m"))
            #expect(found["data"] == ["a": "2", "theirs": "x"])
            #expect(found.metadata.annotations["theirs"] == "x")
            #expect(
                found.metadata.annotations[Self.annotation] == """
                    {"apiVersion":"v1","data":{"a":"2"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"m","namespace":"default"}}

                    """)
        }
    }

    @Test("the same words in another tool's order are no change")
    func unchanged() async throws {
        try await ServedShell.with { served in
            let run = try await run("{kind: ConfigMap, apiVersion: v1, data: {b: '1', a: '1'}, metadata: {name: m}}", served)
            #expect(run.entries.map(\.state) == [.unchanged])
        }
    }

    @Test("what somebody changes between the question and the answer is kept")
    func meanwhile() async throws {
        try await ServedShell.with { served in
            let run = try await run("{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {a: '2'}}", served)
            let maps = GroupVersionResource(resource: "configmaps")
            _ = try await served.client.patch(maps, namespace: "default", name: "m", with: .merge(["data": ["theirs": "y"]]))
            served.shell.send(run.writes, done: "Applied")
            await served.settle()
            #expect(try await served.get("configmaps", "m")?["data"] == ["a": "2", "theirs": "y"])
        }
    }
}
