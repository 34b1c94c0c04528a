import KubernetesModel
import Testing
import Troubleshooting

@testable import KubernetesClient

@Suite("Diagnosing a cluster over its API", .serialized)
struct BrokenClusterTests {
    @Test("an empty cluster has nothing wrong")
    func empty() async throws {
        try await BrokenCluster.with("empty", faults: []) { broken in
            let diagnosis = await broken.troubleshooter.diagnose()
            #expect(diagnosis.findings.isEmpty, "\(diagnosis.text)")
            #expect(diagnosis.verdict == .healthy, "\(diagnosis.text)")
        }
    }

    @Test("the demo without its fault is healthy")
    func healthy() async throws {
        try await BrokenCluster.with("demo", faults: []) { broken in
            let diagnosis = await broken.troubleshooter.diagnose()
            #expect(diagnosis.verdict == .healthy, "\(diagnosis.text)")
        }
    }

    @Test(
        "each fault is named first, with evidence and victims, and healing it as the report says makes it healthy",
        arguments: [
            ("dns-blocked-by-policy", "D-12", "NetworkPolicy shop/restrict-egress"),
            ("dns-scaled-to-zero", "D-01", "Deployment kube-system/coredns"),
            ("claim-without-class", "S-02", "PersistentVolumeClaim default/reports"),
        ])
    func fault(_ name: String, rule: String, cause: String) async throws {
        try await BrokenCluster.with("demo", faults: [name]) { broken in
            let before = await broken.troubleshooter.diagnose()
            let finding = try #require(before.findings.first, "\(before.text)")
            #expect(before.verdict == .broken)
            #expect(finding.rule == rule, "\(before.text)")
            #expect(finding.object.description == cause)
            #expect(finding.state == .active)
            #expect(finding.evidence.count >= 2, "\(before.text)")
            #expect(!finding.victims.isEmpty, "\(before.text)")

            let preview = try #require(try await broken.troubleshooter.preview(finding.remedy))
            #expect(await !preview.diff.isEmpty)
            #expect(await broken.troubleshooter.diagnose().verdict == .broken, "a preview changes nothing")

            try await broken.troubleshooter.apply(finding.remedy)
            await broken.pass(seconds: 420)
            let outcome = await broken.troubleshooter.verify(finding)
            let after = await broken.troubleshooter.diagnose()
            #expect(outcome == .repaired, "\(after.text)")
            #expect(after.verdict == .healthy, "\(after.text)")
        }
    }

    @Test("a repair is followed by watches, which end when it has worked")
    func followed() async throws {
        try await BrokenCluster.with("demo", faults: ["claim-without-class"]) { broken in
            let finding = try #require(await broken.troubleshooter.diagnose().findings.first)
            var outcomes: [VerificationOutcome] = []
            var isRepaired = false
            for await progress in broken.troubleshooter.progress(of: finding) {
                outcomes.append(progress.outcome)
                if outcomes.count == 1 { #expect(broken.client.reflectors.count == ClusterFacts.resources.count) }
                if !isRepaired { try await broken.troubleshooter.apply(finding.remedy) }
                isRepaired = true
                await broken.pass(seconds: 60)
            }
            #expect(outcomes.first != .repaired && outcomes.last == .repaired, "\(outcomes)")
            while broken.client.reflectors.count > 0 { await Task.yield() }
        }
    }

    @Test("the same cluster gives the same report, byte for byte")
    func deterministic() async throws {
        try await BrokenCluster.with("demo", faults: ["dns-blocked-by-policy"]) { broken in
            let first = await broken.troubleshooter.diagnose().jsonText
            #expect(await broken.troubleshooter.diagnose().jsonText == first)
        }
    }
}
