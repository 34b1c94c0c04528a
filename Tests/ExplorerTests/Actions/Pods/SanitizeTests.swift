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
}
