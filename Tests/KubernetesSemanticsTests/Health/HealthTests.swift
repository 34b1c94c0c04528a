import KubernetesModel
import KubernetesSemantics
import Testing

@Suite struct HealthTests {
    private func verdict(_ kind: String, _ members: String, metadata: String = #""name":"x""#) -> HealthVerdict {
        let parts = kind.split(separator: " ")
        return Health.of(object(#"{"apiVersion":"\#(parts[0])","kind":"\#(parts[1])","metadata":{\#(metadata)},\#(members)}"#))
    }

    @Test("a pod that can't be scheduled fails for the scheduler's reason")
    func unschedulable() {
        let verdict = verdict(
            "v1 Pod",
            """
            "status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","message":"0/3 nodes are available"}]}
            """)
        #expect(verdict == HealthVerdict(.failing, "0/3 nodes are available"))
    }

    @Test("a pod whose container keeps crashing fails, even while others run")
    func crashing() {
        let verdict = verdict(
            "v1 Pod",
            """
            "spec":{"containers":[{},{}]},"status":{"phase":"Running","containerStatuses":[{"name":"a","ready":true,"state":{"running":{}}},
            {"name":"b","state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container"}}}]}
            """)
        #expect(verdict == HealthVerdict(.failing, "b: back-off 5m0s restarting failed container"))
    }

    @Test("a pod that starts is progressing, one that ended well has finished, one that runs is fine")
    func phases() {
        let creating =
            #""status":{"phase":"Pending","containerStatuses":[{"name":"a","state":{"waiting":{"reason":"ContainerCreating"}}}]}"#
        #expect(verdict("v1 Pod", creating).level == .progressing)
        #expect(verdict("v1 Pod", #""status":{"phase":"Succeeded"}"#).level == .finished)
        let running =
            #""spec":{"containers":[{}]},"status":{"phase":"Running","containerStatuses":[{"ready":true,"state":{"running":{}}}]}"#
        #expect(verdict("v1 Pod", running) == .ok)
    }

    @Test("a node fails when its kubelet is silent, and is worth a look when cordoned")
    func node() {
        let silent = #""status":{"conditions":[{"type":"Ready","status":"Unknown","message":"Kubelet stopped posting node status."}]}"#
        #expect(verdict("v1 Node", silent) == HealthVerdict(.failing, "Kubelet stopped posting node status."))
        let cordoned = #""spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}]}"#
        #expect(verdict("v1 Node", cordoned) == HealthVerdict(.warning, "cordoned"))
    }

    @Test("a deployment is progressing while it rolls out, and fails past its deadline")
    func deployment() {
        let generation = #""name":"x","generation":2"#
        let rolling = #""spec":{"replicas":3},"status":{"observedGeneration":2,"replicas":4,"updatedReplicas":1,"availableReplicas":3}"#
        #expect(verdict("apps/v1 Deployment", rolling, metadata: generation) == HealthVerdict(.progressing, "1 of 3 replicas updated"))
        let stuck = """
            "spec":{"replicas":1},"status":{"observedGeneration":2,"conditions":[{"type":"Progressing","status":"False",
            "reason":"ProgressDeadlineExceeded"}]}
            """
        #expect(verdict("apps/v1 Deployment", stuck, metadata: generation) == HealthVerdict(.failing, "ProgressDeadlineExceeded"))
        let zero = #""spec":{"replicas":0},"status":{"observedGeneration":2}"#
        #expect(verdict("apps/v1 Deployment", zero, metadata: generation) == .ok)
    }

    @Test(
        "a custom resource is judged by its conditions",
        arguments: [
            (#"[{"type":"Ready","status":"True"}]"#, HealthVerdict.Level.ok),
            (#"[{"type":"Ready","status":"False","message":"no"}]"#, .failing),
            (#"[{"type":"Ready","status":"Unknown"}]"#, .progressing),
            (#"[{"type":"Reconciling","status":"True"},{"type":"Ready","status":"False"}]"#, .progressing),
            (#"[{"type":"Ready","status":"True"},{"type":"Degraded","status":"True"}]"#, .warning),
            (#"[{"type":"Stalled","status":"True"}]"#, .failing),
            (#"[{"type":"SomethingElse","status":"False"}]"#, .unknown),
            ("[]", .unknown),
        ])
    func customResource(conditions: String, level: HealthVerdict.Level) {
        #expect(verdict("example.org/v1 Widget", #""status":{"conditions":\#(conditions)}"#).level == level)
    }

    @Test("what is being deleted says what it waits for")
    func deletion() {
        let metadata = #""name":"x","deletionTimestamp":"\#(created)","finalizers":["kubernetes.io/pvc-protection"]"#
        let verdict = verdict("v1 PersistentVolumeClaim", #""status":{"phase":"Bound"}"#, metadata: metadata)
        #expect(verdict == HealthVerdict(.progressing, "being deleted; waits for kubernetes.io/pvc-protection"))
    }

    @Test("an object without any notion of health is never reported broken")
    func plain() {
        #expect(verdict("v1 ConfigMap", #""data":{}"#) == .ok)
        #expect(verdict("example.org/v1 Widget", #""spec":{}"#).level == .unknown)
    }
}
