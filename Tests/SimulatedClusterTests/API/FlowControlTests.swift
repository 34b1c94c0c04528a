import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Flows of requests")
struct FlowControlTests {
    private let cluster = TestAPI()

    /// The names of the flow schema and the priority level that an answer names.
    private func flow(_ path: String, as user: String, groups: [String] = []) async -> String {
        let identity = ClientIdentity(commonName: user, organizations: groups)
        let answer = await cluster.send(APIRequest(method: "GET", path: path, clientCertificate: identity))
        let schema = await name(of: answer.headers["x-kubernetes-pf-flowschema-uid"], in: "flowschemas")
        let level = await name(of: answer.headers["x-kubernetes-pf-prioritylevel-uid"], in: "prioritylevelconfigurations")
        return "\(schema) \(level)"
    }

    private func name(of uid: String?, in resource: String) async -> String {
        let list = await cluster.send("GET", "/apis/flowcontrol.apiserver.k8s.io/v1/\(resource)").json
        let found = list["items"]?.arrayValue?.first { $0["metadata"]?["uid"]?.stringValue == uid }
        return found?["metadata"]?["name"]?.stringValue ?? "none"
    }

    @Test("answers name the flow schema and the priority level of who asks for what, refusals too")
    func classification() async {
        #expect(await flow("/api/v1/pods", as: "kubernetes-admin", groups: ["system:masters"]) == "exempt exempt")
        #expect(await flow("/healthz", as: "jane") == "probes exempt")
        #expect(await flow("/api/v1/pods", as: "jane") == "global-default global-default")
        #expect(await flow("/api/v1/nodes", as: "system:node:n1", groups: ["system:nodes"]) == "system-node-high node-high")
        #expect(await flow("/api/v1/pods", as: "system:node:n1", groups: ["system:nodes"]) == "system-nodes system")
        let account = "system:serviceaccount:kube-system:x"
        #expect(await flow("/api/v1/pods", as: account, groups: ["system:serviceaccounts"]) == "kube-system-service-accounts workload-high")
        let other = "system:serviceaccount:shop:x"
        #expect(await flow("/api/v1/pods", as: other, groups: ["system:serviceaccounts"]) == "service-accounts workload-low")
    }

    @Test("a new schema counts at once")
    func change() async {
        let schema: JSONValue = [
            "metadata": ["name": "jane"],
            "spec": [
                "priorityLevelConfiguration": ["name": "workload-low"], "matchingPrecedence": 50,
                "rules": [
                    [
                        "subjects": [["kind": "User", "user": ["name": "jane"]]],
                        "resourceRules": [["verbs": ["list"], "apiGroups": [""], "resources": ["pods"], "namespaces": ["shop"]]],
                    ]
                ],
            ],
        ]
        #expect(await flow("/api/v1/namespaces/shop/pods", as: "jane") == "global-default global-default")
        #expect(await cluster.send("POST", "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas", schema).status == 201)
        #expect(await flow("/api/v1/namespaces/shop/pods", as: "jane") == "jane workload-low")
        #expect(await flow("/api/v1/namespaces/other/pods", as: "jane") == "global-default global-default")
        #expect(await flow("/api/v1/pods", as: "jane") == "global-default global-default")
    }

    @Test("what goes on for long is in no flow")
    func longRunning() async {
        let path = "/api/v1/namespaces/default/pods/p/log"
        #expect(await flow(path, as: "kubernetes-admin", groups: ["system:masters"]) == "none none")
    }
}
