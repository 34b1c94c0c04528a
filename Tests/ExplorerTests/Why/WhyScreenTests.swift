import KubernetesModel
import Testing
import TextUI

@testable import Explorer
@testable import Troubleshooting

@Suite("Why something is broken")
struct WhyScreenTests {
    private func finding(_ name: String, change: Remedy.Change? = nil) -> Finding {
        let object = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: name)
        return Finding(
            rule: "S-02", title: name, category: "storage", layer: .storage, severity: .critical, confidence: .proven, state: .active,
            rootCause: "it waits", object: object, field: "spec.volumes", evidence: [], victims: [], ruledOut: [],
            remedy: Remedy(summary: "Wait", risk: .careful, change: change, commands: []),
            verification: Verification(invariant: "it runs", probe: nil, withinSeconds: 60), masks: [])
    }

    private func footer(_ findings: [Finding]) throws -> String {
        let shell = try TestShell.make()
        shell.whyWatch.show(
            Diagnosis(cluster: "demo", scope: .cluster, startedAt: shell.now(), findings: findings, healthy: [], unverified: []))
        shell.push(WhyScreen(about: nil, shell: shell))
        return String(shell.picture(width: 100).split(separator: "\n").last ?? "")
    }

    @Test("its footer offers to fix where there is something that can be fixed, and the next cause where there is one")
    func footer() throws {
        let healthy = try footer([])
        #expect(!healthy.contains("f fix") && !healthy.contains("next cause"))
        #expect(try !footer([finding("a")]).contains("f fix"))
        let object = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: "a")
        let pods = GroupVersionResource(group: "", version: "v1", resource: "pods")
        let change = Remedy.Change(object: object, resource: pods, content: .merge([:]))
        let two = try footer([finding("a", change: change), finding("b")])
        #expect(two.contains("f fix") && two.contains("Tab next cause"))
    }
}
