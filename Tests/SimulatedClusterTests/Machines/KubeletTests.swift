import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("A kubelet and its pods")
struct KubeletTests {
    private func cluster(_ spec: String, after duration: Duration = .seconds(10)) throws -> SteppedCluster {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              terminationGracePeriodSeconds: 5
              \(spec.replacing("\n", with: "\n  "))
            """)
        cluster.run(duration)
        return cluster
    }

    private func container(_ script: String, _ more: String = "", name: String = "c") -> String {
        "{name: \(name), image: 'docker.io/library/busybox:1.35', command: [sh, -c, '\(script)']\(more.isEmpty ? "" : ", \(more)")}"
    }

    private func status(_ cluster: SteppedCluster, _ name: String = "c", list: String = "containerStatuses") throws -> JSONValue {
        let pod = try #require(cluster.get(Resource.pods, "p"))
        return try #require(pod.status[list]?.arrayValue?.first { $0["name"]?.stringValue == name })
    }

    @Test("a hook after the start can use the container, and delays its readiness")
    func startHook() throws {
        let hook = "lifecycle: {postStart: {exec: {command: [sh, -c, 'sleep 4; echo hooked > /tmp/f']}}}"
        let cluster = try cluster("containers: [\(container("sleep 8; cat /tmp/f; sleep 600", hook))]", after: .seconds(3))
        #expect(try status(cluster)["ready"] == false)
        cluster.run(.seconds(8))
        #expect(try status(cluster)["ready"] == true)
        #expect(try cluster.log(try #require(cluster.get(Resource.pods, "p"))) == "hooked\n")
    }

    @Test("a container whose start hook fails is ended and started again later")
    func failingStartHook() throws {
        let hook = "lifecycle: {postStart: {exec: {command: ['false']}}}"
        let cluster = try cluster("containers: [\(container("trap \"exit 0\" TERM; sleep 600 & wait", hook))]")
        #expect(cluster.messages("FailedPostStartHook") == ["PostStartHook failed"])
        #expect(cluster.messages("Killing") == ["FailedPostStartHook"])
        #expect(try status(cluster)["state"]?["waiting"]?["reason"] == "CrashLoopBackOff")
    }

    @Test("the containers of a pod that are more than start in one turn run all, and once")
    func manyContainers() throws {
        let containers = (0..<130).map { container("sleep 600", name: "c\($0)") }
        let cluster = try cluster("containers: [\(containers.joined(separator: ", "))]", after: .seconds(60))
        let statuses = try #require(cluster.get(Resource.pods, "p")?.status["containerStatuses"]?.arrayValue)
        #expect(statuses.count == 130)
        #expect(statuses.allSatisfy { $0["state"]?["running"] != nil && $0["restartCount"] == 0 })
    }

    @Test("the token in a pod is its service account's, for the API server to know")
    func token() throws {
        let cluster = try cluster("containers: [\(container("cat /var/run/secrets/kubernetes.io/serviceaccount/token; sleep 600"))]")
        let pod = try #require(cluster.get(Resource.pods, "p"))
        let identity = cluster.parts.access.authenticator.tokens.identify(try cluster.log(pod), at: cluster.parts.timeline.now)
        #expect(identity?.user.name == "system:serviceaccount:default:default")
        #expect(identity?.user.extra["authentication.kubernetes.io/pod-name"] == ["p"])
        #expect(identity?.audiences == [ServiceAccountTokens.audience])
    }

    @Test("a path in a volume that can't be told keeps the container from starting")
    func subPathExpression() throws {
        func spec(_ name: String) -> String {
            "containers: [\(container("ls /v; sleep 600", "env: [{name: DIR, value: a}], volumeMounts: [{name: v, mountPath: /v, subPathExpr: $(\(name))}]"))]\nvolumes: [{name: v, emptyDir: {}}]"
        }
        let waiting = try status(try cluster(spec("NOPE")))["state"]?["waiting"]
        #expect(waiting?["reason"] == "CreateContainerConfigError")
        #expect(waiting?["message"] == "missing value for NOPE")
        #expect(try status(try cluster(spec("DIR")))["state"]?["running"] != nil)
    }

    @Test("the containers of a pod whose time is over are said to be stopped")
    func deadline() throws {
        let cluster = try cluster("activeDeadlineSeconds: 5\ncontainers: [\(container("sleep 600"))]", after: .seconds(30))
        #expect(cluster.messages("Killing") == ["Stopping container c"])
    }

    @Test("a web server's log tells who asked, when, and with what")
    func accessLog() throws {
        let probe = "readinessProbe: {httpGet: {path: /, port: 80}}"
        let cluster = try cluster("containers: [{name: c, image: nginx, \(probe)}]", after: .seconds(30))
        let log = try cluster.log(try #require(cluster.get(Resource.pods, "p")))
        let pattern =
            #"\n10\.[0-9.]+\.1 - - \[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} \+0000\] "GET / HTTP/1\.1" 200 [0-9]+ "-" "kube-probe/1\.36" "-"\n"#
        #expect(try RegularExpression(pattern).matches(log))
    }

    @Test("while one container uses its grace period, nothing is told of those that have ended")
    func ending() throws {
        let quick = container("trap \"exit 0\" TERM; sleep 600 & wait", name: "quick")
        let slow = container("trap \"sleep 3; exit 4\" TERM; sleep 600 & wait", name: "slow")
        let cluster = try cluster("containers: [\(quick), \(slow)]")
        var told: [JSONValue] = []
        cluster.parts.store.observe { change in
            if change.resource == Resource.pods, change.kind == .modified { told.append(change.object.object["status"] ?? [:]) }
        }
        try cluster.perform(.delete(Resource.pods, ObjectKey(namespace: "default", name: "p")))
        cluster.run(.seconds(2))
        #expect(try status(cluster, "quick")["state"]?["running"] != nil)
        #expect(try status(cluster, "quick")["ready"] == true)
        cluster.run(.seconds(3))
        #expect(cluster.pods().isEmpty)
        let codes = told.last?["containerStatuses"]?.arrayValue?.map { $0["state"]?["terminated"]?["exitCode"]?.intValue }
        #expect(codes == [0, 4])
    }

    @Test("a hook before the end runs before the process is told to end")
    func stopHook() throws {
        let hook = "lifecycle: {preStop: {sleep: {seconds: 3}}}"
        let cluster = try cluster("containers: [\(container("trap \"exit 0\" TERM; sleep 600 & wait", hook))]")
        try cluster.perform(.delete(Resource.pods, ObjectKey(namespace: "default", name: "p")))
        cluster.run(.seconds(2))
        #expect(try status(cluster)["state"]?["running"] != nil)
        cluster.run(.seconds(3))
        #expect(cluster.pods().isEmpty)
    }

    @Test("sidecars outlive the main container")
    func sidecars() throws {
        let cluster = try cluster(
            """
            restartPolicy: Never
            initContainers: [\(container("trap \"echo bye; exit 0\" TERM; sleep 600 & wait", "restartPolicy: Always", name: "s"))]
            containers: [\(container("trap \"sleep 2; exit 0\" TERM; sleep 600 & wait"))]
            """)
        try cluster.perform(.delete(Resource.pods, ObjectKey(namespace: "default", name: "p")))
        cluster.run(.seconds(1))
        #expect(try status(cluster, "s", list: "initContainerStatuses")["state"]?["running"] != nil)
        cluster.run(.seconds(4))
        #expect(cluster.pods().isEmpty)
    }

    @Test("a changed image restarts the container with it")
    func imageChange() throws {
        let cluster = try cluster("containers: [\(container("trap \"exit 0\" TERM; sleep 600 & wait"))]")
        var pod = try #require(cluster.get(Resource.pods, "p"))
        var containers = pod.spec["containers"]?.arrayValue ?? []
        containers[0]["image"] = "docker.io/library/busybox:1.36"
        pod["spec", default: [:]]["containers"] = .array(containers)
        try cluster.perform(.update(pod))
        cluster.run(.seconds(20))
        #expect(cluster.messages("Killing") == ["Container c definition changed, will be restarted"])
        #expect(try status(cluster)["image"] == "docker.io/library/busybox:1.36")
        #expect(try status(cluster)["restartCount"] == 1)
    }

    @Test("resources change while the container runs")
    func resize() throws {
        let cluster = try cluster("containers: [\(container("sleep 600", "resources: {requests: {cpu: 100m}}"))]")
        let pod = try #require(cluster.get(Resource.pods, "p"))
        var containers = pod.spec["containers"]?.arrayValue ?? []
        containers[0]["resources"] = ["requests": ["cpu": "300m"]]
        try cluster.perform(.patch(Resource.pods, pod.key, ["spec": ["containers": .array(containers)]], subresource: "resize"))
        cluster.run(.seconds(5))
        #expect(try status(cluster)["allocatedResources"]?["cpu"] == "300m")
        #expect(try status(cluster)["resources"]?["requests"]?["cpu"] == "300m")
        #expect(try status(cluster)["restartCount"] == 0)
    }

    @Test("a pod that fills its scratch volume beyond the limit is evicted")
    func storageLimit() throws {
        let cluster = try cluster(
            """
            volumes: [{name: v, emptyDir: {sizeLimit: 1Ki}}]
            containers: [\(container("i=0; while [ $i -lt 200 ]; do echo 0123456789 >> /v/f; i=$((i + 1)); done; sleep 600", "volumeMounts: [{name: v, mountPath: /v}]"))]
            """, after: .seconds(30))
        let pod = try #require(cluster.get(Resource.pods, "p"))
        #expect(pod.status["phase"] == "Failed")
        #expect(pod.status["reason"] == "Evicted")
        #expect(pod.status["message"] == "Usage of EmptyDir volume \"v\" exceeds the limit \"1Ki\". ")
        #expect(pod.condition("DisruptionTarget")?["reason"] == "TerminationByKubelet")
    }

    @Test("a machine that was switched off and on starts its containers again")
    func power() throws {
        let cluster = try cluster("containers: [\(container("sleep 600"))]")
        let kubelet = try #require((cluster.parts.nodes as? Kubelets)?.kubelet("node-1"))
        kubelet.setPower(false)
        cluster.run(.seconds(5))
        kubelet.setPower(true)
        cluster.run(.seconds(5))
        #expect(try status(cluster)["restartCount"] == 1)
        #expect(try status(cluster)["lastState"]?["terminated"]?["exitCode"] == 255)
        #expect(try status(cluster)["state"]?["running"] != nil)
    }

    @Test("a health check by gRPC that nobody answers says so after its time")
    func grpc() throws {
        let cluster = try cluster(
            "containers: [\(container("sleep 600", "readinessProbe: {grpc: {port: 9090}, periodSeconds: 1}"))]")
        let message = try #require(cluster.messages("Unhealthy").first)
        #expect(message.hasPrefix("Readiness probe failed: timeout: failed to connect service \"10.244.0."))
        #expect(message.hasSuffix(":9090\" within 1s: context deadline exceeded"))
    }

    @Test("the hosts file names the pod and its aliases")
    func hosts() throws {
        let cluster = try cluster(
            """
            hostAliases: [{ip: 192.0.2.7, hostnames: [db, db.example]}]
            containers: [\(container("cat /etc/hosts; sleep 600"))]
            """)
        let log = try cluster.log(try #require(cluster.get(Resource.pods, "p")))
        #expect(log.hasSuffix("# Entries added by HostAliases.\n192.0.2.7\tdb\tdb.example\n"))
        #expect(log.contains("\tp\n"))
    }

    @Test("what a pod uses is measured once it has run for a while")
    func metrics() throws {
        let cluster = try cluster("containers: [\(container("while true; do sleep 1; done"))]")
        let pod = try #require(cluster.get(Resource.pods, "p"))
        #expect(cluster.parts.nodes?.metrics(of: pod) == nil)
        cluster.run(.seconds(50))
        let usage = cluster.parts.nodes?.metrics(of: pod)?["containers"]?[0]?["usage"]
        #expect(Quantity(usage?["cpu"])?.scaled(to: -9) ?? 0 > 0)
        #expect(Quantity(usage?["memory"])?.value ?? 0 > 1_000_000)
        let node = try #require(cluster.get(Resource.nodes, "node-1", namespace: nil))
        #expect(cluster.parts.nodes?.metrics(of: node)?["usage"]?["memory"] != nil)
    }

    @Test("a pod that was bound to a node without room is refused there")
    func admission() throws {
        let cluster = try cluster("nodeName: node-1\ncontainers: [\(container("sleep 600", "resources: {requests: {cpu: '100'}}"))]")
        let pod = try #require(cluster.get(Resource.pods, "p"))
        #expect(pod.status["phase"] == "Failed")
        #expect(pod.status["reason"] == "OutOfcpu")
        let problem = "Node didn't have enough resource: cpu, requested: 100000, used: 0, capacity: 8000"
        #expect(pod.status["message"] == .string("Pod was rejected: \(problem)"))
        #expect(cluster.messages("OutOfcpu") == [problem])
    }

    @Test("a negative grace period is one second")
    func negativeGrace() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec: {containers: [{name: c, image: "registry.k8s.io/pause:3.10"}]}
            """)
        cluster.run(.seconds(10))
        try cluster.perform(.delete(Resource.pods, ObjectKey(namespace: "default", name: "p"), DeleteOptions(gracePeriodSeconds: -5)))
        #expect(cluster.get(Resource.pods, "p")?.metadata.json["deletionGracePeriodSeconds"]?.intValue == 1)
    }
}

@Suite("What a pod is told of its resources")
struct DownwardResourceTests {
    @Test("files and variables hold them in the units asked for; a limit that is not set is the node's")
    func resources() throws {
        let cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: default}
            spec:
              restartPolicy: Never
              volumes:
              - name: v
                downwardAPI: {items: [{path: cpu, resourceFieldRef: {containerName: c, resource: requests.cpu, divisor: 1m}}]}
              containers:
              - name: c
                image: docker.io/library/busybox:1.36
                command: [sh, -c, 'cat /v/cpu; echo " $CPUS $MEMORY $NONE"']
                resources: {requests: {cpu: 250m}, limits: {memory: 64Mi}}
                volumeMounts: [{name: v, mountPath: /v}]
                env:
                - {name: CPUS, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
                - {name: MEMORY, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
                - {name: NONE, valueFrom: {resourceFieldRef: {resource: requests.ephemeral-storage}}}
            """)
        cluster.run(.seconds(10))
        let pod = try #require(cluster.get(Resource.pods, "p"))
        let node = try #require(cluster.get(Resource.nodes, pod.spec["nodeName"]?.stringValue ?? "", namespace: nil))
        let cpus = try #require(node.status["allocatable"]?["cpu"]?.stringValue)
        #expect(try cluster.log(pod) == "250 \(cpus) 64 0\n")
    }
}
