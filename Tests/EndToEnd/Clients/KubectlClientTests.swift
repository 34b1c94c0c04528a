import Foundation
import Testing

/// Unmodified kubectl on the simulated cluster; `make test-clients` names the kubectl to use.
@Suite("ClientTests: kubectl", .serialized, .enabled(if: ProcessInfo.processInfo.environment["FATHOM_KUBECTL"] != nil))
struct KubectlClientTests {
    private let cluster: ServedCluster
    private let kubectl: URL

    init() throws {
        cluster = try ServedCluster(scenario: "empty")
        kubectl = URL(filePath: ProcessInfo.processInfo.environment["FATHOM_KUBECTL"] ?? "/usr/bin/kubectl")
    }

    private func run(_ arguments: String..., input: String = "") throws -> Program.Result {
        try Program.run(kubectl, ["--kubeconfig", cluster.kubeconfig] + arguments, input: input)
    }

    /// Runs a command that must succeed and returns what it prints.
    private func output(_ arguments: String..., input: String = "", sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let result = try Program.run(kubectl, ["--kubeconfig", cluster.kubeconfig] + arguments, input: input)
        #expect(result.status == 0, "kubectl \(arguments.joined(separator: " ")): \(result.errors)", sourceLocation: sourceLocation)
        return result.output
    }

    @Test("nodes are listed as tables, wide tables and YAML")
    func getsNodes() throws {
        #expect(try output("get", "nodes").hasPrefix("NAME "))
        #expect(try output("get", "nodes", "-o", "wide").contains("CONTAINER-RUNTIME"))
        #expect(try output("get", "nodes", "-o", "yaml").contains("kind: Node"))
    }

    @Test("a deployment is created, rolls out, logs, scales and goes")
    func deploymentLifeCycle() throws {
        #expect(try output("create", "deployment", "web", "--image=busybox:1.36", "--", "sh", "-c", "echo hello; sleep 3600") == "deployment.apps/web created\n")
        #expect(try output("rollout", "status", "deployment/web", "--timeout=60s").contains("successfully rolled out"))
        #expect(try output("logs", "deployment/web") == "hello\n")
        #expect(try output("scale", "deployment/web", "--replicas=3") == "deployment.apps/web scaled\n")
        #expect(try output("rollout", "status", "deployment/web", "--timeout=60s").contains("successfully rolled out"))
        #expect(try output("get", "pods", "-l", "app=web", "-o", "name").split(separator: "\n").count == 3)
        #expect(try output("describe", "deployment", "web").contains("ScalingReplicaSet"))
        #expect(try output("delete", "deployment", "web") == "deployment.apps \"web\" deleted\n")
        _ = try output("wait", "--for=delete", "pod", "-l", "app=web", "--timeout=60s")
        #expect(try output("get", "pods", "-l", "app=web", "-o", "name") == "")
    }

    @Test("objects are applied from both sides, patched and labelled")
    func appliesAndPatches() throws {
        let manifest = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              colour: blue
            """
        #expect(try output("apply", "-f", "-", input: manifest) == "configmap/settings created\n")
        #expect(try output("apply", "-f", "-", input: manifest) == "configmap/settings unchanged\n")
        let green = manifest.replacing("blue", with: "green")
        #expect(try output("apply", "-f", "-", input: green) == "configmap/settings configured\n")
        #expect(try output("apply", "--server-side", "--force-conflicts", "-f", "-", input: green).contains("serverside-applied"))
        #expect(try output("patch", "configmap", "settings", "-p", #"{"data":{"size":"1"}}"#) == "configmap/settings patched\n")
        #expect(try output("label", "configmap", "settings", "team=shop") == "configmap/settings labeled\n")
        #expect(try output("get", "configmap", "settings", "-o", "jsonpath={.data.colour}{.data.size}{.metadata.labels.team}") == "green1shop")
    }

    @Test("namespaces come and go with everything in them")
    func namespaceLifeCycle() throws {
        #expect(try output("create", "namespace", "trial") == "namespace/trial created\n")
        #expect(try output("create", "configmap", "a", "--from-literal=b=c", "-n", "trial") == "configmap/a created\n")
        #expect(try output("delete", "namespace", "trial") == "namespace \"trial\" deleted\n")
        let gone = try run("get", "configmap", "a", "-n", "trial")
        #expect(gone.status == 1)
        #expect(gone.errors == "Error from server (NotFound): namespaces \"trial\" not found\n")
    }

    @Test("rights are answered, and every resource is named")
    func accessAndDiscovery() throws {
        #expect(try output("auth", "can-i", "delete", "nodes") == "yes\n")
        let refused = try run("auth", "can-i", "list", "secrets", "--as=nobody")
        #expect(refused.output == "no\n")
        #expect(refused.status == 1)
        #expect(try output("api-resources").contains("networkpolicies"))
    }
}
