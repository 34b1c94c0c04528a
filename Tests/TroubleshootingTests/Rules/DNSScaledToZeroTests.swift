import KubernetesModel
import Testing
import Troubleshooting

@Suite("D-01: cluster DNS scaled to zero")
struct DNSScaledToZeroTests {
    let refused =
        "err=\"Get \\\"http://catalog\\\": dial tcp: lookup catalog on 10.96.0.10:53: read udp 10.0.0.1:4->10.96.0.10:53: read: connection refused\""

    func broken() -> SnapshotBuilder {
        var shop = SnapshotBuilder(dnsReplicas: 0)
        shop.workload("cart", ip: "10.0.0.1", env: "http://catalog:80", isReady: false)
        shop.workload("catalog", ip: "10.0.0.2")
        shop.service("catalog", ip: "10.96.0.20", selector: #"{"app":"catalog"}"#)
        shop.endpoints("catalog", ["10.0.0.2"])
        shop.log("cart-rs-1", refused)
        return shop
    }

    @Test("failed lookups and a Deployment of zero replicas make one cause")
    func detected() throws {
        let diagnosis = broken().diagnosis()
        #expect(diagnosis.verdict == .broken)
        #expect(diagnosis.findings.map(\.rule) == ["D-01"])
        let finding = try #require(diagnosis.findings.first)
        #expect(finding.object.description == "Deployment kube-system/coredns")
        #expect(finding.field == "spec.replicas")
        #expect(finding.confidence == .proven)
        #expect(finding.state == .active)
        #expect(finding.victims.map(\.object.description) == ["Service kube-system/kube-dns", "Deployment shop/cart"])
        #expect(finding.victims.last?.because == ["lookup of catalog refused"])
        #expect(finding.evidence.contains { if case .log = $0 { true } else { false } })
    }

    @Test("the fix scales it up")
    func remedy() throws {
        let finding = try #require(broken().diagnosis().findings.first)
        #expect(finding.remedy.commands == ["kubectl -n kube-system scale deployment/coredns --replicas=2"])
        #expect(finding.remedy.change?.content == .merge(["spec": ["replicas": 2]]))
        #expect(finding.remedy.change?.resource.description == "apps/v1 deployments")
    }

    @Test("a repaired cluster is healthy, and the verification says so")
    func repaired() throws {
        let finding = try #require(broken().diagnosis().findings.first)
        var healed = SnapshotBuilder()
        healed.workload("cart", ip: "10.0.0.1", env: "http://catalog:80")
        healed.log("cart-rs-1", refused)
        #expect(healed.diagnosis().verdict == .healthy)
        #expect(VerificationOutcome.of(finding, in: healed.facts) == .repaired)
        #expect(
            VerificationOutcome.of(finding, in: broken().facts)
                == .pending("Service kube-system/kube-dns has no ready endpoint yet"))
    }

    @Test("nobody who needs a name: no fault")
    func nobodyAsks() {
        var quiet = SnapshotBuilder(dnsReplicas: 0)
        quiet.workload("batch", ip: "10.0.0.1")
        #expect(quiet.diagnosis().findings.isEmpty)
        #expect(quiet.diagnosis().verdict == .healthy)
    }

    @Test("who will need a name, but is well, makes it latent")
    func latent() {
        var shop = SnapshotBuilder(dnsReplicas: 0)
        shop.workload("cart", ip: "10.0.0.1", env: "http://catalog:80")
        shop.service("catalog", ip: "10.96.0.20", selector: #"{"app":"catalog"}"#)
        #expect(shop.diagnosis().findings.map(\.state) == [.latent])
        #expect(shop.diagnosis().verdict == .healthy)
    }

    @Test("other workloads at zero are nobody's fault")
    func others() {
        var shop = SnapshotBuilder()
        shop.add(
            "deployments",
            """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"idle","namespace":"shop"},
             "spec":{"replicas":0,"selector":{"matchLabels":{"app":"idle"}},"template":{"metadata":{"labels":{"app":"idle"}}}}}
            """)
        #expect(shop.diagnosis().verdict == .healthy)
    }
}
