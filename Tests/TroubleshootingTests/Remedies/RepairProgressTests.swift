import KubernetesModel
import Testing

@testable import Troubleshooting

@Suite("After a repair")
struct RepairProgressTests {
    private static let pod = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: "cart")
    private static let finding = Finding(
        rule: "none", title: "", category: "", layer: .container, severity: .critical, confidence: .proven, state: .active, rootCause: "",
        object: pod, field: "", evidence: [], victims: [.init(object: pod, because: ["it crashed"], through: pod)], ruledOut: [],
        remedy: Remedy(summary: "", risk: .careful, change: nil, commands: []),
        verification: Verification(invariant: "", probe: nil, withinSeconds: 60), masks: []
    )

    /// A pod whose last run began and ended at these times.
    private func facts(state: String, start: String, end: String) -> ClusterFacts {
        var builder = SnapshotBuilder()
        add("cart", state: state, start: start, end: end, to: &builder)
        return builder.facts
    }

    private func add(_ name: String, state: String, start: String, end: String, to builder: inout SnapshotBuilder) {
        builder.add(
            "pods",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","namespace":"shop","uid":"\(name)"},"spec":{"containers":[{"name":"app"}]},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],"containerStatuses":[
              {"name":"app","ready":false,"restartCount":6,"state":\(state),
               "lastState":{"terminated":{"exitCode":1,"startedAt":"2026-11-20T\(start)Z","finishedAt":"2026-11-20T\(end)Z"}}}]}}
            """)
    }

    private func backOff(_ message: String) -> String { #"{"waiting":{"reason":"CrashLoopBackOff","message":"\#(message)"}}"# }

    private func time(_ text: String) -> Instant? { KubernetesTime.parse("2026-11-20T\(text)Z") }

    @Test(
        "a pod in its back-off is waited for, until its delay has passed since it ended",
        arguments: [("10s", "11:58:40"), ("2m40s", "12:01:10"), ("5m0s", "12:03:30")])
    func waiting(delay: String, start: String) throws {
        let message = "back-off \(delay) restarting failed container=app pod=cart_shop(1)"
        let facts = facts(state: backOff(message), start: "11:58:00", end: "11:58:30")
        let progress = RepairProgress.of(Self.finding, in: facts, since: facts)
        #expect(progress.outcome == .waiting("Pod shop/cart has not started since", until: try #require(time(start))))
        #expect(progress.patients.map(\.nextStart) == [time(start)])
    }

    @Test("of several the one is named that starts last, or one that fails for another reason")
    func several() throws {
        let other = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: "db")
        var finding = Self.finding
        finding.victims.append(.init(object: other, because: [], through: other))
        var builder = SnapshotBuilder()
        add("cart", state: backOff("back-off 20s restarting"), start: "11:58:00", end: "11:58:30", to: &builder)
        add("db", state: backOff("back-off 40s restarting"), start: "11:58:00", end: "11:58:30", to: &builder)
        let outcome = VerificationOutcome.of(finding, in: builder.facts)
        #expect(outcome == .waiting("Pod shop/db has not started since", until: try #require(time("11:59:10"))))
        add("db", state: #"{"running":{"startedAt":"2026-11-20T11:59:10Z"}}"#, start: "11:58:00", end: "11:58:30", to: &builder)
        #expect(VerificationOutcome.of(finding, in: builder.facts) == .pending("Pod shop/db is not well yet"))
    }

    @Test("a run that was there when it was repaired and failed later proves nothing yet")
    func begunBefore() throws {
        let running = #"{"running":{"startedAt":"2026-11-20T11:59:00Z"}}"#
        let first = facts(state: running, start: "11:50:00", end: "11:51:00")
        let later = facts(state: backOff("back-off 40s restarting"), start: "11:59:00", end: "12:00:00")
        #expect(
            VerificationOutcome.of(Self.finding, in: later, since: first)
                == .waiting("Pod shop/cart has not started since", until: try #require(time("12:00:40"))))
    }

    @Test("a run that began after the repair and failed is a failure, and so is one of which nobody says when the next begins")
    func failing() {
        let first = facts(state: backOff("back-off 40s restarting"), start: "11:58:00", end: "11:58:30")
        let again = facts(state: backOff("back-off 1m20s restarting"), start: "11:59:10", end: "11:59:20")
        #expect(VerificationOutcome.of(Self.finding, in: again, since: first) == .pending("Pod shop/cart is not well yet"))
        for message in ["", "back-off", "back-off soon restarting", "back-off 99999999999999999999s restarting"] {
            let silent = facts(state: backOff(message), start: "11:58:00", end: "11:58:30")
            #expect(VerificationOutcome.of(Self.finding, in: silent) == .pending("Pod shop/cart is not well yet"), "\(message)")
        }
    }
}
