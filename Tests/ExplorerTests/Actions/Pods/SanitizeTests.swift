import KubernetesModel
import Testing

@testable import Explorer

@Suite("Pods that are left over")
struct SanitizeTests {
    private func pod(_ name: String, _ phase: String, waiting: String? = nil, isLeaving: Bool = false) -> KubernetesObject {
        var metadata: JSONObject = ["name": .string(name), "namespace": "shop"]
        if isLeaving { metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z" }
        var status: JSONObject = ["phase": .string(phase)]
        if let waiting { status["containerStatuses"] = [["name": "c", "state": ["waiting": ["reason": .string(waiting)]]]] }
        return KubernetesObject([
            "kind": "Pod", "metadata": .object(metadata), "spec": ["containers": [["name": "c"]]], "status": .object(status),
        ])
    }

    @Test("those are over that succeeded or failed, those fail that can't start or stay; those that work, start or leave are neither")
    func kinds() {
        let pods = [
            pod("done", "Succeeded"), pod("evicted", "Failed"), pod("works", "Running"),
            pod("starts", "Pending", waiting: "ContainerCreating"),
            pod("crashes", "Running", waiting: "CrashLoopBackOff"), pod("pulls", "Pending", waiting: "ImagePullBackOff"),
            pod("leaves", "Failed", isLeaving: true),
        ]
        #expect(PodLeftovers.over(pods).map(\.name) == ["done", "evicted"])
        #expect(PodLeftovers.failing(pods).map(\.name) == ["crashes", "pulls"])
    }

    @Test("those that are over come first, those that fail only with them or when nothing is over, and it is said so")
    func choices() {
        func choices(_ pods: KubernetesObject...) -> [String] {
            PodLeftovers.choices(pods).map { "\($0.title): \($0.pods.map(\.name).joined(separator: " "))" }
        }
        let (done, crashes, works) = (
            pod("done", "Succeeded"), pod("crashes", "Running", waiting: "CrashLoopBackOff"), pod("works", "Running")
        )
        #expect(choices(crashes, done, works) == ["Those that are over: done", "Those that fail as well: done crashes"])
        #expect(choices(done, works) == ["Those that are over: done"])
        #expect(choices(crashes, works) == ["None is over; those that fail: crashes"])
        #expect(choices(works).isEmpty)
    }
}
