import KubernetesModel
import KubernetesSemantics
import Testing

@Suite struct PodColumnsTests {
    @Test("a running pod shows its ready containers, its last restart, address and node")
    func running() {
        let text = row(
            "pods", "",
            pod(
                "Running",
                containers: """
                    {"name":"app","ready":true,"restartCount":3,"state":{"running":{}},
                     "lastState":{"terminated":{"finishedAt":"\(ago(300))"}}},
                    {"name":"proxy","ready":true,"restartCount":0,"state":{"running":{}}}
                    """))
        #expect(text == "web-0 | 2/2 | Running | 3 (5m ago) | 10m | 10.1.0.7 | node-a | <none> | <none>")
    }

    @Test(
        "a container that waits gives the pod's status",
        arguments: [
            (#"{"waiting":{"reason":"CrashLoopBackOff"}}"#, "CrashLoopBackOff"),
            (#"{"waiting":{"reason":"ImagePullBackOff"}}"#, "ImagePullBackOff"),
            (#"{"terminated":{"exitCode":1,"reason":"Error"}}"#, "Error"),
            (#"{"terminated":{"exitCode":137}}"#, "ExitCode:137"),
            (#"{"terminated":{"exitCode":137,"signal":9}}"#, "Signal:9"),
        ])
    func waiting(state: String, status: String) {
        let columns = PodColumns(
            pod(
                "Running",
                containers: """
                    {"name":"app","ready":false,"restartCount":0,"state":\(state)},{"name":"proxy","ready":true,"state":{"running":{}}}
                    """))
        #expect(columns.status == status)
        #expect(columns.ready == "1/2")
    }

    @Test("numbers of restarts that no API has trap nobody")
    func endlessRestarts() {
        let container = #"{"ready":true,"restartCount":9223372036854775807,"state":{"running":{}}}"#
        #expect(PodColumns(pod("Running", containers: "\(container),\(container)")).ready == "2/2")
    }

    @Test("the first container's state wins over later ones")
    func order() {
        let columns = PodColumns(
            pod(
                "Running",
                containers: """
                    {"name":"app","state":{"waiting":{"reason":"CrashLoopBackOff"}}},{"name":"proxy","state":{"waiting":{"reason":"ImagePullBackOff"}}}
                    """))
        #expect(columns.status == "CrashLoopBackOff")
    }

    @Test(
        "init containers show how far they are, and why they failed",
        arguments: [
            (#"{"running":{}}"#, "Init:0/2"),
            (#"{"waiting":{"reason":"PodInitializing"}}"#, "Init:0/2"),
            (#"{"waiting":{"reason":"CrashLoopBackOff"}}"#, "Init:CrashLoopBackOff"),
            (#"{"terminated":{"exitCode":2}}"#, "Init:ExitCode:2"),
            (#"{"terminated":{"exitCode":2,"reason":"Error"}}"#, "Init:Error"),
        ])
    func initializing(state: String, status: String) {
        let columns = PodColumns(
            pod(
                "Pending", spec: #""initContainers":[{"name":"a"},{"name":"b"}],"#,
                status: """
                    "initContainerStatuses":[{"name":"a","restartCount":4,"state":\(state)}],
                    """, containers: #"{"name":"app","state":{"waiting":{"reason":"PodInitializing"}}}"#))
        #expect(columns.status == status)
        #expect(columns.restarts == 4)
    }

    @Test("a sidecar that started counts as a container")
    func sidecar() {
        let columns = PodColumns(
            pod(
                "Running", spec: #""initContainers":[{"name":"mesh","restartPolicy":"Always"}],"#,
                status: #""initContainerStatuses":[{"name":"mesh","started":true,"ready":true,"restartCount":2,"state":{"running":{}}}],"#,
                containers: #"{"name":"app","ready":true,"restartCount":1,"state":{"running":{}}}"#
            ))
        #expect(columns.ready == "2/3")
        #expect(columns.status == "Running")
        #expect(columns.restarts == 3)
    }

    @Test("a completed container beside a running one leaves the pod running")
    func completedBesideRunning() {
        let containers = """
            {"name":"once","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"app","ready":true,"state":{"running":{}}}
            """
        #expect(PodColumns(pod("Running", containers: containers)).status == "NotReady")
        let ready = pod("Running", status: #""conditions":[{"type":"Ready","status":"True"}],"#, containers: containers)
        #expect(PodColumns(ready).status == "Running")
    }

    @Test("deletion, lost nodes, eviction and gates show in the status")
    func deletion() {
        #expect(PodColumns(pod("Running", metadata: #","deletionTimestamp":"\#(created)""#)).status == "Terminating")
        #expect(PodColumns(pod("Succeeded", metadata: #","deletionTimestamp":"\#(created)""#)).status == "Succeeded")
        let lost = pod("Running", metadata: #","deletionTimestamp":"\#(created)""#, status: #""reason":"NodeLost","#)
        #expect(PodColumns(lost).status == "Unknown")
        #expect(PodColumns(pod("Failed", status: #""reason":"Evicted","#)).status == "Evicted")
        let gated = pod("Pending", status: #""conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}],"#)
        #expect(PodColumns(gated).status == "SchedulingGated")
    }

    @Test("readiness gates are counted by their conditions")
    func readinessGates() {
        let text = row(
            "pods", "",
            pod(
                "Pending", spec: #""readinessGates":[{"conditionType":"a"},{"conditionType":"b"}],"#,
                status: #""conditions":[{"type":"a","status":"True"},{"type":"b","status":"False"}],"#
            ))
        #expect(text == "web-0 | 0/2 | Pending | 0 | 10m | 10.1.0.7 | node-a | <none> | 1/2")
    }

    private func ago(_ seconds: Int) -> String {
        KubernetesTime.seconds(Instant(seconds: now.seconds - seconds))
    }

    private func pod(_ phase: String, metadata: String = "", spec: String = "", status: String = "", containers: String = "")
        -> KubernetesObject
    {
        object(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","creationTimestamp":"\(created)"\(metadata)},
             "spec":{\(spec)"nodeName":"node-a","containers":[{"name":"app"},{"name":"proxy"}]},
             "status":{\(status)"phase":"\(phase)","podIPs":[{"ip":"10.1.0.7"}],"containerStatuses":[\(containers)]}}
            """)
    }
}
