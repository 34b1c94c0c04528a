import KubernetesModel
import Testing
import TextUI

@testable import Explorer
@testable import Troubleshooting

@Suite("After a repair", .timeLimit(.minutes(1)))
struct RepairScreenTests {
    private static let pod = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: "db-0")
    private static let finding = Finding(
        rule: "S-02", title: "Storage class is missing", category: "storage", layer: .storage, severity: .critical, confidence: .proven,
        state: .active, rootCause: "claim shop/data asks for class fast", object: pod, field: "spec.storageClassName", evidence: [],
        victims: [.init(object: pod, because: ["its claim is not bound"], through: pod)], ruledOut: [],
        remedy: Remedy(summary: "Create StorageClass fast", risk: .careful, change: nil, commands: []),
        verification: Verification(invariant: "claim shop/data is bound", probe: nil, withinSeconds: 60), masks: []
    )

    private func patient(_ now: String, isWell: Bool) -> RepairProgress.Patient {
        .init(object: Self.pod, before: ["its claim is not bound"], now: now, isWell: isWell)
    }

    private func picture(_ steps: [RepairProgress]) async throws -> String {
        let (stream, continuation) = AsyncStream.makeStream(of: RepairProgress.self)
        steps.forEach { continuation.yield($0) }
        continuation.finish()
        let shell = try TestShell.make()
        let screen = RepairScreen(Self.finding, progress: stream, of: shell.session, shell: shell)
        shell.push(screen)
        await until { screen.progress == steps.last && shell.flash != nil }
        return shell.picture(width: 80, height: 14)
    }

    @Test("it shows what was failing and how it is now")
    func worked() async throws {
        let picture = try await picture([
            RepairProgress(outcome: .pending("it is not bound"), patients: [patient("Pending", isWell: false)]),
            RepairProgress(outcome: .repaired, patients: [patient("well", isWell: true)]),
        ])
        #expect(picture.contains("✓ It worked, after 0s."))
        #expect(picture.contains("│ ✓ Pod shop/db-0"))
        #expect(picture.contains("before  its claim is not bound"))
        #expect(picture.contains("now     well"))
    }

    @Test("what has not started since the repair is not said to fail: its next start is waited for")
    func waiting() async throws {
        let start = TestShell.noon + .seconds(100)
        var patient = patient("CrashLoopBackOff", isWell: false)
        patient.nextStart = start
        let picture = try await picture([
            RepairProgress(outcome: .waiting("Pod shop/db-0 has not started since", until: start), patients: [patient])
        ])
        #expect(picture.contains("◌ Repaired. Pod shop/db-0 has not started since; it starts again in 100s,"))
        #expect(picture.contains("now     CrashLoopBackOff; it starts again in 100s, at \(LocalClock.text(start))"))
        #expect(!picture.contains("failing"))
    }

    @Test("what is still failing when the time is over is told")
    func failed() async throws {
        let picture = try await picture([
            RepairProgress(outcome: .pending("it is not bound"), patients: [patient("Pending", isWell: false)])
        ])
        #expect(picture.contains("✗ Still failing after 0s: it is not bound."))
        #expect(picture.contains("now     Pending"))
    }
}
