import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Find", .timeLimit(.minutes(1)))
struct FindScreenTests {
    @Test("who may read one namespace only finds what is in it, and is told that no more was looked at")
    func fewRights() async throws {
        try await ServedShell.with(as: "few") { served in
            let rules: JSONValue = [["apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]]]
            let metadata: JSONValue = ["name": "few", "namespace": "default"]
            let role: JSONObject = [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": metadata, "rules": rules,
            ]
            let binding: JSONObject = [
                "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": metadata,
                "subjects": [["apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "few"]],
                "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "few"],
            ]
            let needle: JSONObject = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "needle", "namespace": "default"]]
            try await served.create([role, binding, needle].map { KubernetesObject($0) })
            served.shell.push(FindScreen(try #require(TextSearch("needle")), shell: served.shell))
            await served.settle()
            let picture = served.shell.picture(width: 120)
            #expect(picture.contains("needle") && picture.contains("configmap") && picture.contains("some in default only"))
        }
    }
}
