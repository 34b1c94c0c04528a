import KubernetesModel
import Testing

@testable import Explorer

@Suite("Timeline")
struct TimelineTests {
    private func event(_ name: String, _ reason: String, at second: Int, count: Int = 1, type: String = "Normal", of pod: String = "web")
        -> KubernetesObject
    {
        let time = KubernetesTime.seconds(Instant(seconds: second))
        return KubernetesObject([
            "metadata": ["name": .string(name), "namespace": "shop"], "type": .string(type), "reason": .string(reason),
            "message": .string("\(reason) \(name)"),
            "count": .number(JSONNumber(count)), "firstTimestamp": .string(time), "lastTimestamp": .string(time),
            "involvedObject": ["apiVersion": "v1", "kind": "Pod", "name": .string(pod), "namespace": "shop", "uid": .string(pod)],
        ])
    }

    private func time(_ second: Int) -> JSONValue { .string(KubernetesTime.seconds(Instant(seconds: second))) }

    @Test("events of one reason about one object are one entry, with their count and when it began")
    func grouping() {
        let events = [
            event("a", "BackOff", at: 100, count: 3, type: "Warning"), event("b", "BackOff", at: 160, type: "Warning"),
            event("c", "BackOff", at: 130, of: "other"), event("d", "Pulled", at: 120),
        ]
        let entries = Timeline(events: events, objects: []).entries
        #expect(entries.map(\.text) == ["BackOff b", "BackOff c", "Pulled d"])
        #expect(entries[0].count == 4 && entries[0].first == Instant(seconds: 100) && entries[0].kind == .warning)
        #expect(entries[1].count == 1 && entries[1].kind == .event)
    }

    @Test("a deletion stands at the time when it was asked for, not when its grace ends")
    func deletion() {
        let pod: JSONObject = [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "name": "web", "namespace": "shop", "uid": "web", "creationTimestamp": time(90), "deletionTimestamp": time(130),
                "deletionGracePeriodSeconds": 30,
            ],
        ]
        let entries = Timeline(events: [], objects: [KubernetesObject(pod)]).entries
        #expect(entries.map(\.what) == ["deletion asked for", "created"])
        #expect(entries.first?.time == Instant(seconds: 100))
    }

    @Test("what containers and conditions went through stands between the events it belongs to")
    func states() {
        let pod: JSONObject = [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": ["name": "web", "namespace": "shop", "uid": "web", "creationTimestamp": time(90)],
            "status": [
                "conditions": [["type": "Ready", "status": "False", "reason": "ContainersNotReady", "lastTransitionTime": time(150)]],
                "containerStatuses": [
                    [
                        "name": "app", "state": ["running": ["startedAt": time(170)]],
                        "lastState": ["terminated": ["exitCode": 1, "reason": "Error", "startedAt": time(110), "finishedAt": time(149)]],
                    ]
                ],
            ],
        ]
        let timeline = Timeline(events: [event("a", "BackOff", at: 160, type: "Warning")], objects: [KubernetesObject(pod)])
        #expect(timeline.entries.map(\.what) == ["started", "BackOff", "Ready=False", "terminated", "started", "created"])
        #expect(timeline.entries[3].text == "container app: Error, exit code 1")
        #expect(timeline.entries.map(\.kind) == [.state, .warning, .fault, .fault, .state, .state])
    }

    @Test("who changed what is wanted is told, but not who reports a state")
    func changes() {
        let deployment: JSONObject = [
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": [
                "name": "web",
                "managedFields": [
                    ["manager": "kubectl-scale", "operation": "Update", "time": time(10)],
                    ["manager": "controller", "operation": "Update", "subresource": "status", "time": time(11)],
                ],
            ],
        ]
        #expect(Timeline(events: [], objects: [KubernetesObject(deployment)]).entries.map(\.text) == ["by kubectl-scale (Update)"])
    }

    @Test("a condition that names a trouble is bad when true")
    func pressure() {
        let node: JSONObject = [
            "kind": "Node", "metadata": ["name": "n"],
            "status": [
                "conditions": [
                    ["type": "MemoryPressure", "status": "False", "lastTransitionTime": time(1)],
                    ["type": "DiskPressure", "status": "True", "lastTransitionTime": time(2)],
                ]
            ],
        ]
        #expect(Timeline(events: [], objects: [KubernetesObject(node)]).entries.map(\.kind) == [.fault, .state])
    }
}
