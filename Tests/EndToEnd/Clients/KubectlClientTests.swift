import Foundation
import Testing

/// The commands that read and change objects.
@Suite("ClientTests: kubectl, objects", .serialized, .enabled(if: Kubectl.isAvailable), .timeLimit(.minutes(5)))
struct KubectlClientTests {
    private let kubectl: Kubectl

    init() throws {
        kubectl = try Kubectl()
    }

    @Test("nodes are listed as tables, wide tables and YAML")
    func getsNodes() throws {
        #expect(try kubectl.output("get", "nodes").hasPrefix("NAME "))
        #expect(try kubectl.output("get", "nodes", "-o", "wide").contains("CONTAINER-RUNTIME"))
        #expect(try kubectl.output("get", "nodes", "-o", "yaml").contains("kind: Node"))
        #expect(try kubectl.output("get", "namespaces", "--sort-by=.metadata.name", "-o", "name").hasPrefix("namespace/default\n"))
        #expect(try kubectl.output("get", "namespaces", "-o", "custom-columns=N:.metadata.name", "--no-headers").contains("kube-system\n"))
    }

    @Test("a watch shows what comes")
    func watches() throws {
        let watch = try kubectl.start("get", "configmaps", "-w", "--no-headers")
        try watch.wait(for: "kube-root-ca.crt")
        try kubectl.output("create", "configmap", "later", "--from-literal=a=b")
        try watch.wait(for: "later")
    }

    @Test("a deployment is created, rolls out, logs, scales and goes")
    func deploymentLifeCycle() throws {
        let creation = try kubectl.output(
            "create", "deployment", "web", "--image=busybox:1.36", "--", "sh", "-c", "trap exit TERM; echo hello; sleep 3600 & wait")
        #expect(creation == "deployment.apps/web created\n")
        #expect(try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s").contains("successfully rolled out"))
        #expect(try kubectl.output("logs", "deployment/web") == "hello\n")
        #expect(try kubectl.output("scale", "deployment/web", "--replicas=3") == "deployment.apps/web scaled\n")
        #expect(try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s").contains("successfully rolled out"))
        #expect(try kubectl.output("get", "pods", "-l", "app=web", "-o", "name").split(separator: "\n").count == 3)
        #expect(try kubectl.output("get", "all").contains("replicaset.apps/web-"))
        #expect(try kubectl.output("describe", "deployment", "web").contains("ScalingReplicaSet"))
        #expect(try kubectl.output("describe", "pods", "-l", "app=web").contains("Container started"))
        #expect(try kubectl.output("delete", "deployment", "web") == "deployment.apps \"web\" deleted\n")
        try kubectl.output("wait", "--for=delete", "pod", "-l", "app=web", "--timeout=60s")
        #expect(try kubectl.output("get", "pods", "-l", "app=web", "-o", "name") == "")
    }

    @Test("a rollout is changed, told by its history, and undone")
    func rollout() throws {
        try kubectl.output("create", "deployment", "web", "--image=busybox:1.36", "--", "sh", "-c", "trap exit TERM; sleep 3600 & wait")
        try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s")
        #expect(try kubectl.output("set", "image", "deployment/web", "busybox=busybox:1.35") == "deployment.apps/web image updated\n")
        try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s")
        #expect(try kubectl.output("rollout", "history", "deployment/web").contains("2         <none>"))
        #expect(try kubectl.output("rollout", "undo", "deployment/web") == "deployment.apps/web rolled back\n")
        try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s")
        let image = try kubectl.output("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}")
        #expect(image == "busybox:1.36")
        #expect(try kubectl.output("rollout", "restart", "deployment/web") == "deployment.apps/web restarted\n")
        try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s")
        #expect(try kubectl.output("rollout", "pause", "deployment/web") == "deployment.apps/web paused\n")
        #expect(
            try kubectl.output("autoscale", "deployment", "web", "--max=3").contains("horizontalpodautoscaler.autoscaling/web autoscaled"))
    }

    @Test("objects are applied from both sides, patched, labelled and edited")
    func appliesAndPatches() throws {
        let manifest = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data:
              colour: blue
            """
        #expect(try kubectl.output("apply", "-f", "-", input: manifest) == "configmap/settings created\n")
        #expect(try kubectl.output("apply", "-f", "-", input: manifest) == "configmap/settings unchanged\n")
        let green = manifest.replacing("blue", with: "green")
        let difference = try kubectl.run("diff", "-f", "-", input: green)
        #expect(difference.status == 1)
        #expect(difference.output.contains("-  colour: blue\n+  colour: green\n"))
        #expect(try kubectl.output("apply", "-f", "-", input: green) == "configmap/settings configured\n")
        #expect(try kubectl.output("apply", "--server-side", "--force-conflicts", "-f", "-", input: green).contains("serverside-applied"))
        #expect(try kubectl.output("patch", "configmap", "settings", "-p", #"{"data":{"size":"1"}}"#) == "configmap/settings patched\n")
        #expect(try kubectl.output("label", "configmap", "settings", "team=shop") == "configmap/settings labeled\n")
        #expect(try kubectl.output("annotate", "configmap", "settings", "note=x") == "configmap/settings annotated\n")
        let fields = "jsonpath={.data.colour}{.data.size}{.metadata.labels.team}{.metadata.annotations.note}"
        #expect(try kubectl.output("get", "configmap", "settings", "-o", fields) == "green1shopx")
        #expect(try kubectl.output("replace", "-f", "-", input: manifest) == "configmap/settings replaced\n")
        #expect(try kubectl.output("get", "configmap", "settings", "-o", "jsonpath={.data}") == #"{"colour":"blue"}"#)
    }

    @Test("a misspelt field is refused, as is an unknown kind")
    func strictness() throws {
        let manifest = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            dta: {}
            """
        let refused = try kubectl.run("apply", "-f", "-", input: manifest)
        #expect(refused.status == 1)
        #expect(refused.errors.contains(#"strict decoding error: unknown field "dta""#))
        let unknown = try kubectl.run("apply", "-f", "-", input: manifest.replacing("ConfigMap", with: "Nonsense"))
        #expect(unknown.errors.contains(#"no matches for kind "Nonsense" in version "v1""#))
    }

    @Test("lists, directories and kustomizations are applied; what is left out is pruned")
    func applySets() throws {
        func configMap(_ name: String) -> String {
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), labels: {set: one}}\n"
        }
        let items = ["a", "b"].map { "- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: \($0), labels: {set: one}}\n" }
        let list = "apiVersion: v1\nkind: List\nitems:\n" + items.joined()
        #expect(try kubectl.output("apply", "-f", "-", input: list) == "configmap/a created\nconfigmap/b created\n")
        let folder = try kubectl.file("set/a.yaml", configMap("a")).dropLast("/a.yaml".count)
        let pruned = try kubectl.output(
            "apply", "-f", String(folder), "--prune", "-l", "set=one", "--prune-allowlist=core/v1/ConfigMap")
        #expect(pruned == "configmap/a unchanged\nconfigmap/b pruned\n")
        _ = try kubectl.file("kustomized/a.yaml", configMap("a"))
        let kustomization = try kubectl.file("kustomized/kustomization.yaml", "resources: [a.yaml]\nnamePrefix: my-\n")
        let path = kustomization.dropLast("/kustomization.yaml".count)
        #expect(try kubectl.output("kustomize", String(path)).contains("name: my-a"))
        #expect(try kubectl.output("apply", "-k", String(path)) == "configmap/my-a created\n")
        #expect(try kubectl.output("delete", "-k", String(path)).contains("configmap \"my-a\" deleted"))
    }

    @Test("namespaces come and go with everything in them")
    func namespaceLifeCycle() throws {
        #expect(try kubectl.output("create", "namespace", "trial") == "namespace/trial created\n")
        #expect(try kubectl.output("create", "configmap", "a", "--from-literal=b=c", "-n", "trial") == "configmap/a created\n")
        #expect(try kubectl.output("delete", "namespace", "trial") == "namespace \"trial\" deleted\n")
        let gone = try kubectl.run("get", "configmap", "a", "-n", "trial")
        #expect(gone.status == 1)
        #expect(gone.errors == "Error from server (NotFound): namespaces \"trial\" not found\n")
    }

    @Test("custom resources are served and explained as soon as they are defined")
    func customResources() throws {
        let definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: {type: object, properties: {size: {type: integer, description: How large it is.}}}
                additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
            """
        try kubectl.output("apply", "-f", "-", input: definition)
        try kubectl.output("wait", "--for=condition=Established", "crd/widgets.example.com", "--timeout=30s")
        let widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3}\n"
        #expect(try kubectl.output("apply", "-f", "-", input: widget) == "widget.example.com/w created\n")
        #expect(try kubectl.output("get", "wd").split(separator: "\n").first?.split(separator: " ").map(String.init) == ["NAME", "SIZE"])
        #expect(try kubectl.output("explain", "widget.spec.size").contains("How large it is."))
    }

    @Test("fields are explained")
    func explains() throws {
        let text = try kubectl.output("explain", "pod.spec.containers.ports")
        #expect(text.contains("KIND:       Pod"))
        #expect(text.contains("containerPort\t<integer> -required-"))
        #expect(try kubectl.output("explain", "deployment", "--recursive").contains("strategy"))
    }

    @Test("rights are answered, listed, and every resource is named")
    func accessAndDiscovery() throws {
        #expect(try kubectl.output("auth", "can-i", "delete", "nodes") == "yes\n")
        let refused = try kubectl.run("auth", "can-i", "list", "secrets", "--as=nobody")
        #expect(refused.output == "no\n")
        #expect(refused.status == 1)
        #expect(try kubectl.output("auth", "can-i", "--list").contains("*.*"))
        #expect(try kubectl.output("auth", "whoami").contains("system:masters"))
        #expect(try kubectl.output("api-resources").contains("networkpolicies"))
        #expect(try kubectl.output("api-versions").contains("apps/v1\n"))
        #expect(try kubectl.output("version").contains("Server Version: v1.36.2"))
        #expect(try kubectl.output("cluster-info").contains("is running at"))
        try kubectl.output("create", "serviceaccount", "robot")
        try kubectl.output("create", "role", "reader", "--verb=get,list", "--resource=pods")
        try kubectl.output("create", "rolebinding", "robot", "--role=reader", "--serviceaccount=default:robot")
        #expect(try kubectl.output("auth", "can-i", "list", "pods", "--as=system:serviceaccount:default:robot") == "yes\n")
        let token = try kubectl.output("create", "token", "robot").trimmingCharacters(in: .newlines)
        #expect(try kubectl.run("get", "pods", "--token", token).status == 0)
    }
}
