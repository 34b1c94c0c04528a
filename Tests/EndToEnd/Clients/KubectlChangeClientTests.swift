import Foundation
import Testing

/// The commands that change parts of objects, and those that make objects of flags.
@Suite("ClientTests: kubectl, changes", .serialized, .enabled(if: Kubectl.isAvailable), .timeLimit(.minutes(5)))
struct KubectlChangeClientTests {
    private let kubectl: Kubectl

    init() throws {
        kubectl = try Kubectl()
    }

    private func deploy() throws {
        try kubectl.output(
            "create", "deployment", "web", "--image=busybox:1.36", "--", "sh", "-c", "trap exit TERM; echo hello; sleep 3600 & wait")
        try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s")
    }

    @Test("variables, resources and accounts of a template are set")
    func sets() throws {
        try deploy()
        #expect(try kubectl.output("set", "env", "deployment/web", "COLOUR=blue") == "deployment.apps/web env updated\n")
        #expect(try kubectl.output("set", "env", "deployment/web", "--list").contains("COLOUR=blue"))
        #expect(
            try kubectl.output("set", "resources", "deployment/web", "--limits=cpu=200m,memory=64Mi")
                == "deployment.apps/web resource requirements updated\n")
        try kubectl.output("create", "serviceaccount", "robot")
        #expect(try kubectl.output("set", "serviceaccount", "deployment/web", "robot") == "deployment.apps/web serviceaccount updated\n")
        try kubectl.output("rollout", "status", "deployment/web", "--timeout=60s")
        let fields = "jsonpath={.spec.template.spec.containers[0].resources.limits.cpu} {.spec.template.spec.serviceAccountName}"
        #expect(try kubectl.output("get", "deployment", "web", "-o", fields) == "200m robot")
        #expect(try kubectl.output("rollout", "history", "deployment/web", "--revision=2").contains("COLOUR:\tblue"))
    }

    @Test("an object is edited in an editor, and comes back when it is wrong")
    func edit() throws {
        try kubectl.output("create", "configmap", "settings", "--from-literal=colour=blue")
        #expect(
            try kubectl.run("edit", "configmap", "settings", environment: ["KUBE_EDITOR": "sed -i s/blue/green/"]).output
                == "configmap/settings edited\n")
        #expect(try kubectl.output("get", "configmap", "settings", "-o", "jsonpath={.data.colour}") == "green")
        let refused = try kubectl.run("edit", "configmap", "settings", environment: ["KUBE_EDITOR": "sed -i 's/^  colour/  co lour/'"])
        #expect(refused.status == 1)
        #expect(refused.errors.contains(#"configmaps "settings" is invalid"#))
    }

    @Test("a status is patched and read by itself")
    func statusSubresource() throws {
        let patch = #"{"status":{"capacity":{"example.com/dongle":"4"}}}"#
        #expect(
            try kubectl.output("patch", "node", "node-1", "--subresource=status", "--type=merge", "-p", patch) == "node/node-1 patched\n")
        #expect(
            try kubectl.output("get", "node", "node-1", "--subresource=status", "-o", #"jsonpath={.status.capacity.example\.com/dongle}"#)
                == "4")
        try deploy()
        #expect(
            try kubectl.output("patch", "deployment", "web", "--subresource=scale", "--type=merge", "-p", #"{"spec":{"replicas":2}}"#)
                == "scale.autoscaling/web patched\n")
        #expect(try kubectl.output("get", "deployment", "web", "-o", "jsonpath={.spec.replicas}") == "2")
    }

    @Test("a watch tells of what its selectors select only, and of what stops being selected")
    func selectedWatch() throws {
        let watch = try kubectl.start("get", "configmaps", "--watch", "-l", "tier=front", "--output-watch-events", "--no-headers")
        let named = try kubectl.start("get", "configmaps", "--watch", "--field-selector=metadata.name=b", "-o", "name")
        try kubectl.output("create", "configmap", "a", "--from-literal=x=1")
        try kubectl.output("label", "configmap", "a", "tier=front")
        try watch.wait(for: "ADDED")
        try kubectl.output("label", "configmap", "a", "tier-")
        try watch.wait(for: "DELETED")
        try kubectl.output("create", "configmap", "b", "--from-literal=x=1")
        try named.wait(for: "configmap/b\n")
        #expect(named.text == "configmap/b\n")
    }

    @Test("a request for a certificate is approved, and another denied")
    func certificates() throws {
        let request = try Program.run(
            URL(filePath: "/usr/bin/openssl"),
            ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-subj", "/CN=jane/O=shop"])
        let bytes = Data(request.output.utf8).base64EncodedString()
        for name in ["jane", "joe"] {
            let manifest = """
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata: {name: \(name)}
                spec: {request: \(bytes), signerName: kubernetes.io/kube-apiserver-client, usages: [client auth]}
                """
            try kubectl.output("apply", "-f", "-", input: manifest)
        }
        #expect(try kubectl.output("get", "csr", "jane", "--no-headers").contains("Pending"))
        #expect(
            try kubectl.output("certificate", "approve", "jane") == "certificatesigningrequest.certificates.k8s.io/jane approved\n")
        #expect(try kubectl.output("certificate", "deny", "joe") == "certificatesigningrequest.certificates.k8s.io/joe denied\n")
        #expect(try kubectl.output("get", "csr", "jane", "--no-headers").contains("Approved"))
        #expect(try kubectl.output("get", "csr", "joe", "--no-headers").contains("Denied"))
        #expect(try kubectl.output("get", "csr", "jane", "-o", "jsonpath={.spec.username} {.spec.groups}").contains("system:masters"))
    }

    @Test("a node is cordoned and uncordoned")
    func cordon() throws {
        #expect(try kubectl.output("cordon", "node-1") == "node/node-1 cordoned\n")
        #expect(try kubectl.output("get", "node", "node-1", "-o", "jsonpath={.spec.taints[0].key}") == "node.kubernetes.io/unschedulable")
        #expect(try kubectl.output("uncordon", "node-1") == "node/node-1 uncordoned\n")
        #expect(try kubectl.output("taint", "node", "node-1", "a=b:NoSchedule") == "node/node-1 tainted\n")
        #expect(try kubectl.output("taint", "node", "node-1", "a:NoSchedule-") == "node/node-1 untainted\n")
    }

    @Test("objects are made of flags, each kind that kubectl knows")
    func creations() throws {
        let commands = [
            "secret generic s --from-literal=a=b": "secret/s created\n",
            "secret docker-registry r --docker-username=u --docker-password=p": "secret/r created\n",
            "quota q --hard=pods=100,services=10": "resourcequota/q created\n",
            "poddisruptionbudget p --selector=app=web --min-available=1": "poddisruptionbudget.policy/p created\n",
            "priorityclass high --value=1000": "priorityclass.scheduling.k8s.io/high created\n",
            "ingress i --rule=shop.example/path*=web:80": "ingress.networking.k8s.io/i created\n",
            "service clusterip web --tcp=80:8080": "service/web created\n",
            "service externalname db --external-name=db.example.com": "service/db created\n",
            "service nodeport np --tcp=80": "service/np created\n",
            "clusterrole watcher --verb=watch --resource=pods": "clusterrole.rbac.authorization.k8s.io/watcher created\n",
            "clusterrolebinding watchers --clusterrole=watcher --group=g":
                "clusterrolebinding.rbac.authorization.k8s.io/watchers created\n",
            "cronjob c --image=busybox --schedule=0_0_1_1_*": "cronjob.batch/c created\n",
        ]
        for (command, answer) in commands.sorted(by: { $0.key < $1.key }) {
            let words = command.split(separator: " ").map { String($0.map { $0 == "_" ? " " : $0 }) }
            #expect(try kubectl.output(words: ["create"] + words) == answer)
        }
        #expect(try kubectl.output("create", "job", "j", "--from=cronjob/c") == "job.batch/j created\n")
        try kubectl.output("wait", "--for=create", "pod", "-l", "job-name=j", "--timeout=60s")
        #expect(try kubectl.output("describe", "quota", "q").contains("services"))
    }

    @Test("what was applied last is kept and shown, and rights are reconciled")
    func applied() throws {
        let manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}\n"
        try kubectl.output("apply", "-f", "-", input: manifest)
        #expect(try kubectl.output("apply", "view-last-applied", "configmap", "settings").contains("colour: blue"))
        let role =
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: reader, namespace: default}\nrules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n"
        #expect(
            try kubectl.output("auth", "reconcile", "-f", "-", input: role).contains("role.rbac.authorization.k8s.io/reader reconciled"))
    }

    @Test("objects are deleted by label, all at once, at once, and without what they own")
    func deletions() throws {
        try deploy()
        for name in ["a", "b", "c"] { try kubectl.output("create", "configmap", name) }
        try kubectl.output("label", "configmap", "a", "b", "set=one")
        #expect(
            try kubectl.output("delete", "configmap", "-l", "set=one") == "configmap \"a\" deleted\nconfigmap \"b\" deleted\n")
        #expect(try kubectl.output("delete", "configmaps", "--all").contains("configmap \"c\" deleted"))
        try kubectl.output("delete", "deployment", "web", "--cascade=orphan")
        #expect(try kubectl.output("get", "replicasets", "-l", "app=web", "-o", "name").hasPrefix("replicaset.apps/web-"))
        try kubectl.output("delete", "replicasets", "-l", "app=web")
        try kubectl.runPod()
        let forced = try kubectl.run("delete", "pod", "p", "--grace-period=0", "--force")
        #expect(forced.output == "pod \"p\" force deleted\n")
        #expect(forced.errors.contains("Immediate deletion does not wait"))
    }

    @Test("logs of a workload are followed, of all containers, of the one before")
    func workloadLogs() throws {
        try deploy()
        let following = try kubectl.start("logs", "-f", "deployment/web", "--all-containers", "--prefix")
        try following.wait(for: "] hello\n")
        try kubectl.runPod(
            "crash",
            "command: [sh, -c, 'if [ -f /tmp/x/ran ]; then sleep 3600; fi; touch /tmp/x/ran; echo first; exit 3'], volumeMounts: [{name: v, mountPath: /tmp/x}]",
            volumes: "[{name: v, emptyDir: {}}]")
        #expect(try kubectl.output("logs", "crash", "--previous") == "first\n")
    }

    @Test("custom resources whose schema keeps what it doesn't know take any field")
    func openCustomResources() throws {
        let definition = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: boxes.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: boxes, singular: box, kind: Box}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
                    properties:
                      spec: {type: object, properties: {size: {type: integer}}}
            """
        try kubectl.output("apply", "-f", "-", input: definition)
        try kubectl.output("wait", "--for=condition=Established", "crd/boxes.example.com", "--timeout=30s")
        let box = "apiVersion: example.com/v1\nkind: Box\nmetadata: {name: b}\nspec: {size: 3}\ncontents: {colour: blue}\n"
        #expect(try kubectl.output("apply", "-f", "-", input: box) == "box.example.com/b created\n")
        #expect(try kubectl.output("get", "box", "b", "-o", "jsonpath={.contents.colour}") == "blue")
        let misspelt = box.replacing("size: 3", with: "sise: 3").replacing("name: b", with: "name: c")
        #expect(try kubectl.run("apply", "-f", "-", input: misspelt).errors.contains(#"unknown field "spec.sise""#))
    }

    @Test("a cluster tells of itself")
    func clusterInformation() throws {
        try kubectl.output("create", "service", "clusterip", "names", "--tcp=53", "-n", "kube-system")
        try kubectl.output("label", "service", "names", "-n", "kube-system", "kubernetes.io/cluster-service=true")
        #expect(try kubectl.output("cluster-info").contains("/api/v1/namespaces/kube-system/services/names:53/proxy"))
        #expect(try kubectl.output("cluster-info", "dump", "--namespaces=kube-system").contains("\"kind\": \"PodList\""))
        #expect(try kubectl.output("get", "--raw", "/readyz?verbose").contains("readyz check passed"))
        #expect(try kubectl.output("get", "--raw", "/version").contains("v1.36.2"))
        #expect(try kubectl.output("api-resources", "--verbs=list", "--namespaced=false", "-o", "name").contains("nodes\n"))
    }
}
