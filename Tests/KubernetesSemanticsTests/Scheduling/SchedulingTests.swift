import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("Scheduling in the scheduler's words")
struct SchedulingTests {
    func node(
        _ name: String, cpu: String = "2", pods: String = "110", labels: [String: String] = [:], taints: JSONValue = [],
        isUnschedulable: Bool = false
    ) -> SchedulableNode {
        SchedulableNode(
            KubernetesObject([
                "metadata": ["name": .string(name), "labels": JSONValue(labels)],
                "spec": ["taints": taints, "unschedulable": .bool(isUnschedulable)],
                "status": ["allocatable": ["cpu": .string(cpu), "memory": "4Gi", "pods": .string(pods)]],
            ]))
    }

    func pod(_ name: String = "p", cpu: String = "100m", labels: [String: String] = [:], spec: JSONObject = [:]) -> SchedulablePod {
        var all: JSONObject = ["containers": [["name": "c", "resources": ["requests": ["cpu": .string(cpu)]]]]]
        for (key, value) in spec { all[key] = value }
        return SchedulablePod(Fixture.pod(name, labels: labels, spec: all))
    }

    func message(_ pod: SchedulablePod, _ nodes: SchedulableNode...) -> String? {
        Scheduling(nodes: nodes).verdict(for: pod).message
    }

    let unhelpful = "no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling."
    let noVictims = "no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."

    @Test("a pod fits where everything does")
    func fits() {
        let verdict = Scheduling(nodes: [node("a"), node("b", cpu: "50m")]).verdict(for: pod())
        #expect(verdict.feasible == ["a"])
        #expect(verdict.message == nil)
    }

    @Test("more than any node has is no matter of preemption")
    func tooLarge() {
        #expect(message(pod(cpu: "1000"), node("a")) == "0/1 nodes are available: 1 Insufficient cpu. \(unhelpful)")
    }

    @Test("what others hold could be freed")
    func full() {
        var full = node("a")
        full.place(pod("other", cpu: "1950m"))
        #expect(message(pod(), full) == "0/1 nodes are available: 1 Insufficient cpu. \(noVictims)")
        #expect(Scheduling(nodes: [full]).verdict(for: pod()).rejections["a"]?.first?.detail == "a has 50m free, the pod asks for 100m")
    }

    @Test("pods that ask for all there is come and go without a trap")
    func endless() {
        var crowded = node("a")
        let pods = ["x", "y"].map { pod($0, cpu: "9223372036854775807") }
        for pod in pods { crowded.place(pod) }
        for pod in pods { crowded.remove(pod) }
        #expect(crowded.free["cpu"] > 0)
    }

    @Test("extended resources count as the basic ones do")
    func extended() {
        let gpu = pod(cpu: "1m", spec: ["containers": [["resources": ["limits": ["nvidia.com/gpu": 1]]]]])
        #expect(message(gpu, node("a")) == "0/1 nodes are available: 1 Insufficient nvidia.com/gpu. \(unhelpful)")
    }

    @Test("a node that is short of several things names them all, and reasons are sorted as text")
    func several() {
        let verdict = Scheduling(nodes: [
            node("a", cpu: "10m", pods: "0"), node("b", taints: [["key": "gpu", "value": "yes", "effect": "NoSchedule"]]),
            node("c", taints: [["key": "gpu", "effect": "NoExecute"]]), node("d", isUnschedulable: true),
        ]).verdict(for: pod())
        #expect(
            verdict.message == "0/4 nodes are available: 1 Insufficient cpu, 1 Too many pods, 1 node(s) were unschedulable,"
                + " 2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/4 nodes are available:"
                + " 4 Preemption is not helpful for scheduling.")
        #expect(verdict.rejections["b"]?.first?.detail == "b has taint gpu=yes:NoSchedule")
    }

    @Test(
        "taints are tolerated by key, value and effect",
        arguments: [
            (["key": "gpu", "value": "yes"] as JSONValue, true), (["key": "gpu", "operator": "Exists"], true),
            (["operator": "Exists"], true), (["key": "gpu", "value": "no"], false),
            (["key": "gpu", "value": "yes", "effect": "NoExecute"], false),
        ] as [(JSONValue, Bool)])
    func tolerations(_ toleration: JSONValue, isTolerated: Bool) {
        let tainted = node("a", taints: [["key": "gpu", "value": "yes", "effect": "NoSchedule"]])
        #expect((message(pod(spec: ["tolerations": [toleration]]), tainted) == nil) == isTolerated)
    }

    @Test("selector and affinity have one reason, and the label that is missing is told")
    func affinity() {
        let reason = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. \(unhelpful)"
        #expect(message(pod(spec: ["nodeSelector": ["disk": "fast"]]), node("a")) == reason)
        let terms: JSONValue = ["nodeSelectorTerms": [["matchExpressions": [["key": "cores", "operator": "Gt", "values": ["4"]]]]]]
        let affine = pod(spec: ["affinity": ["nodeAffinity": ["requiredDuringSchedulingIgnoredDuringExecution": terms]]])
        #expect(message(affine, node("a", labels: ["cores": "4"])) == reason)
        #expect(message(affine, node("a", labels: ["cores": "8"])) == nil)
    }

    @Test("a host port is held by one pod")
    func hostPort() {
        let spec: JSONObject = ["containers": [["ports": [["containerPort": 80, "hostPort": 80]]]]]
        var taken = node("a")
        taken.place(pod("first", spec: spec))
        #expect(
            message(pod(spec: spec), taken)
                == "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. \(noVictims)")
    }

    @Test("pods want to be near others, or far from them")
    func neighbours() {
        let term: JSONValue = [["topologyKey": "kubernetes.io/hostname", "labelSelector": ["matchLabels": ["app": "cache"]]]]
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        let near = pod(spec: ["affinity": ["podAffinity": .object([required: term])]])
        let far = pod(spec: ["affinity": ["podAntiAffinity": .object([required: term])]])
        var occupied = node("a", labels: ["kubernetes.io/hostname": "a"])
        #expect(message(near, occupied) == "0/1 nodes are available: 1 node(s) didn't match pod affinity rules. \(unhelpful)")
        #expect(message(far, occupied) == nil)
        occupied.place(pod("cache", labels: ["app": "cache"]))
        #expect(message(near, occupied) == nil)
        #expect(message(far, occupied) == "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. \(noVictims)")
    }

    @Test("spreading needs the label, and keeps the skew")
    func spread() {
        let constraint: JSONValue = [
            ["topologyKey": "zone", "maxSkew": 1, "whenUnsatisfiable": "DoNotSchedule", "labelSelector": ["matchLabels": ["app": "web"]]]
        ]
        let spreading = pod(labels: ["app": "web"], spec: ["topologySpreadConstraints": constraint])
        #expect(
            message(spreading, node("a"))
                == "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label). \(unhelpful)")
        var crowded = node("a", labels: ["zone": "a"])
        crowded.place(pod("first", labels: ["app": "web"]))
        #expect(Scheduling(nodes: [crowded, node("b", labels: ["zone": "b"])]).verdict(for: spreading).feasible == ["b"])
    }

    @Test("a claim that is not bound keeps the pod from every node")
    func claims() {
        let volumes: JSONValue = [["name": "v", "persistentVolumeClaim": ["claimName": "data"]]]
        let waiting = pod(spec: ["volumes": volumes])
        #expect(message(waiting, node("a")) == "0/1 nodes are available: persistentvolumeclaim \"data\" not found. not found")
        let claim = BindableClaim(KubernetesObject(["metadata": ["name": "data", "namespace": "shop"], "spec": [:]]))
        let verdict = Scheduling(nodes: [node("a")], storage: SchedulingStorage(claims: [claim])).verdict(for: waiting)
        #expect(verdict.message == "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found")
    }

    @Test("init containers raise what a pod asks for, sidecars add to it")
    func requests() {
        func container(_ cpu: String, always: Bool = false) -> JSONValue {
            var json: JSONObject = ["resources": ["requests": ["cpu": .string(cpu)]]]
            if always { json["restartPolicy"] = "Always" }
            return .object(json)
        }
        let pod = pod(spec: [
            "containers": [container("100m"), container("200m")], "initContainers": [container("50m", always: true), container("1")],
        ])
        #expect(pod.requests["cpu"] == 1050)
    }

    @Test("a cluster without nodes says so")
    func noNodes() {
        #expect(message(pod()) == "no nodes available to schedule pods")
    }
}
