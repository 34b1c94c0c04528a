import KubernetesModel
import Testing
import Troubleshooting

@Suite("D-12: a network policy blocks DNS")
struct PolicyBlocksDNSTests {
    let timeout = "dial tcp: lookup catalog on 10.96.0.10:53: read udp 10.0.0.1:41->10.96.0.10:53: i/o timeout"
    let typo = #"[{"to":[{"namespaceSelector":{"matchLabels":{"name":"kube-system"}}}],"ports":[{"protocol":"UDP","port":53}]}]"#

    func shop(egress: String? = nil, dnsReplicas: Int = 2, complains: Bool = true, cartIsReady: Bool = false) -> SnapshotBuilder {
        var shop = SnapshotBuilder(dnsReplicas: dnsReplicas)
        shop.workload("cart", ip: "10.0.0.1", env: "http://catalog:80", isReady: cartIsReady)
        shop.workload("front", ip: "10.0.0.3", env: "http://cart:80", isReady: false)
        shop.service("cart", ip: "10.96.0.21", selector: #"{"app":"cart"}"#)
        shop.service("catalog", ip: "10.96.0.20", selector: #"{"app":"catalog"}"#)
        if complains { shop.log("cart-rs-1", timeout) }
        if let egress { shop.policy("allow-dns", egress: egress) }
        return shop
    }

    @Test("a namespace label that does not exist is the cause, proven by field, labels and log")
    func detected() throws {
        let finding = try #require(shop(egress: typo).diagnosis().findings.first)
        #expect(finding.rule == "D-12")
        #expect(finding.object.description == "NetworkPolicy shop/allow-dns")
        #expect(finding.field == "spec.egress[0].to[0].namespaceSelector")
        #expect(
            finding.rootCause.hasPrefix(
                "NetworkPolicy shop/allow-dns admits namespaces labelled name=kube-system; kube-system has no label name"
            ))
        #expect(finding.confidence == .proven)
        #expect(finding.evidence.count == 3)
        #expect(finding.ruledOut.first?.because == "Service kube-system/kube-dns has 2 ready endpoints")
    }

    @Test("victims are the workloads that cannot look up, the Services they leave empty and who calls those")
    func victims() throws {
        var shop = shop(egress: nil)
        shop.add(
            "networkpolicies",
            """
            {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"cart-only","namespace":"shop"},
             "spec":{"podSelector":{"matchLabels":{"app":"cart"}},"policyTypes":["Egress"]}}
            """)
        let finding = try #require(shop.diagnosis().findings.first)
        #expect(finding.victims.map(\.object.description) == ["Deployment shop/cart", "Service shop/cart", "Deployment shop/front"])
        #expect(
            finding.victims.map(\.through.description)
                == ["NetworkPolicy shop/cart-only", "Deployment shop/cart", "Service shop/cart"])
        #expect(finding.victims.last?.because == ["it is not well and calls cart (env UPSTREAM_URL)"])
        #expect(finding.chain.children.first?.children.first?.children.first?.object.name == "front")
    }

    @Test("the fix corrects the selector that was meant for DNS, where it still is what was read")
    func mends() throws {
        let remedy = try #require(shop(egress: typo).diagnosis().findings.first).remedy
        #expect(
            remedy.change?.content
                == .json([
                    [
                        "op": "test", "path": "/spec/egress/0/to/0/namespaceSelector",
                        "value": ["matchLabels": ["name": "kube-system"]],
                    ],
                    [
                        "op": "replace", "path": "/spec/egress/0/to/0/namespaceSelector",
                        "value": ["matchLabels": ["kubernetes.io/metadata.name": "kube-system"]],
                    ],
                ]))
    }

    @Test("without such a rule the fix adds one for UDP and TCP")
    func adds() throws {
        let remedy = try #require(shop(egress: "[]").diagnosis().findings.first).remedy
        guard case .json(let operations)? = remedy.change?.content, let operation = operations.first else {
            Issue.record("no patch")
            return
        }
        #expect(operation["path"] == "/spec/egress/-")
        #expect(operation["value"]?["ports"] == [["protocol": "UDP", "port": 53], ["protocol": "TCP", "port": 53]])
    }

    @Test(
        "what the policies let through is no fault",
        arguments: [
            #"[{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}}}],"ports":[{"protocol":"UDP","port":53}]}]"#,
            #"[{}]"#, #"[{"ports":[{"protocol":"UDP","port":53}]}]"#,
        ])
    func admitted(_ egress: String) {
        #expect(shop(egress: egress).diagnosis().findings.isEmpty)
    }

    @Test("a pod that is well and looks nothing up is not hurt")
    func silent() {
        var quiet = SnapshotBuilder()
        quiet.workload("vault", ip: "10.0.0.9")
        quiet.policy("deny", egress: "[]")
        #expect(quiet.diagnosis().verdict == .healthy)
    }

    @Test("a name that does not exist was answered: no fault of the network")
    func noSuchName() {
        var shop = shop(egress: "[]", complains: false, cartIsReady: true)
        shop.log("cart-rs-1", "dial tcp: lookup nope on 10.96.0.10:53: no such host")
        #expect(
            !shop.diagnosis().findings.contains {
                $0.victims.contains { $0.object.name == "cart" && $0.because.contains { $0.contains("nope") } }
            })
    }

    @Test("while DNS is scaled to zero the policy is masked, and named as what comes next")
    func masked() {
        let findings = shop(egress: typo, dnsReplicas: 0).diagnosis().findings
        #expect(findings.map(\.rule) == ["D-01", "D-12"])
        #expect(findings.map(\.state) == [.active, .masked])
        #expect(findings.first?.masks == ["Network policy blocks DNS: NetworkPolicy shop/allow-dns"])
    }

    @Test("a refused lookup is what DNS without endpoints does, and no evidence against the masked policy")
    func maskedEvidence() throws {
        var shop = shop(egress: typo, dnsReplicas: 0, complains: false)
        shop.log("cart-rs-1", "dial tcp: lookup catalog on 10.96.0.10:53: read udp 10.0.0.1:41->10.96.0.10:53: read: connection refused")
        let masked = try #require(shop.diagnosis().findings.last)
        #expect(masked.rule == "D-12")
        #expect(masked.confidence == .evident)
        #expect(!masked.evidence.contains { if case .log = $0 { true } else { false } })
    }

    @Test("policies that may not be read prove nothing")
    func forbidden() {
        var shop = shop(egress: typo)
        shop.forbid("networkpolicies")
        #expect(shop.diagnosis().findings.isEmpty)
        #expect(shop.diagnosis().verdict == .unverified)
    }
}
