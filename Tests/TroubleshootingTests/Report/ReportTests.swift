import KubernetesModel
import Testing
import Troubleshooting

@Suite("The report")
struct ReportTests {
    let builder: SnapshotBuilder = {
        var shop = SnapshotBuilder(dnsReplicas: 0)
        shop.workload("cart", ip: "10.0.0.1", env: "http://catalog:80", isReady: false)
        shop.service("catalog", ip: "10.96.0.20", selector: #"{"app":"catalog"}"#)
        shop.log("cart-rs-1", "lookup catalog on 10.96.0.10:53: \u{1B}[31mconnection refused")
        return shop
    }()

    @Test("as text")
    func text() {
        #expect(
            builder.diagnosis().text == #"""
                test: broken

                1. Cluster DNS is scaled to zero  [D-01, critical, proven]
                   Deployment kube-system/coredns has spec.replicas 0, so nothing answers at the cluster's DNS address 10.96.0.10.
                   Evidence:
                     Deployment kube-system/coredns spec.replicas = 0: no pod answers for the cluster's DNS
                     Service kube-system/kube-dns spec.selector = k8s-app=kube-dns: the Service selects the pods of Deployment kube-system/coredns, of which there is none: 10.96.0.10:53 refuses
                     Pod shop/cart-rs-1 log of main: lookup catalog on 10.96.0.10:53: \u{1b}[31mconnection refused
                   Hurts:
                     Service kube-system/kube-dns: it has no endpoint: lookups are refused
                       Deployment shop/cart: lookup of catalog refused
                   Ruled out:
                     DNS pods crash or are not ready: there is no DNS pod at all
                     the Service selects the wrong pods: its selector k8s-app=kube-dns matches the pod template of Deployment kube-system/coredns
                   Fix (safe): Scale Deployment kube-system/coredns to 2 replicas
                     kubectl -n kube-system scale deployment/coredns --replicas=2
                   Worked when: Deployment kube-system/coredns has a ready replica and Service kube-system/kube-dns a ready endpoint, and the lookup from pod shop/cart-rs-1 is answered, within 60s

                """#)
    }

    @Test("as JSON with the members of its contract, in their order")
    func json() throws {
        let json = builder.diagnosis().json
        #expect(
            json.objectValue?.keys == [
                "apiVersion", "kind", "cluster", "scope", "startedAt", "verdict", "findings", "healthy", "unverified",
            ])
        #expect(json["startedAt"] == "2026-11-20T12:00:00Z")
        #expect(
            json["findings"]?[0]?.objectValue?.keys == [
                "rule", "title", "category", "severity", "confidence", "state", "rootCause", "object", "field", "evidence", "victims",
                "ruledOut", "remedy", "verify", "masks",
            ])
        #expect(json["findings"]?[0]?["remedy"]?["patch"] == ["type": "merge", "value": ["spec": ["replicas": 2]]])
        #expect(json["findings"]?[0]?["verify"]?["within"] == "60s")
        #expect(try JSONParser.parse(builder.diagnosis().jsonText) == json)
    }

    @Test("JSON sends no control character to a terminal, and means the same")
    func safeJSON() throws {
        var shop = builder
        shop.log("cart-rs-1", "lookup catalog on 10.96.0.10:53: connection refused \u{9B}2J\u{7F}\u{202E}")
        let diagnosis = shop.diagnosis()
        #expect(diagnosis.jsonText.contains(#"refused \u009b2J\u007f\u202e"#))
        #expect(!diagnosis.jsonText.unicodeScalars.contains { $0 != "\n" && $0.steersText })
        #expect(try JSONParser.parse(diagnosis.jsonText) == diagnosis.json)
    }

    @Test("the same facts give the same bytes")
    func deterministic() {
        #expect(builder.diagnosis().jsonText == builder.diagnosis().jsonText)
        #expect(builder.diagnosis().markdown == builder.diagnosis().markdown)
    }

    @Test("a namespace or an object narrows what is told")
    func scope() {
        #expect(builder.diagnosis(DiagnosisScope(namespaces: ["shop"])).findings.count == 1)
        #expect(builder.diagnosis(DiagnosisScope(namespaces: ["other"])).findings.isEmpty)
        let cart = ObjectReference(apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "cart")
        #expect(builder.diagnosis(DiagnosisScope(target: cart)).findings.count == 1)
        let other = ObjectReference(apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "front")
        #expect(builder.diagnosis(DiagnosisScope(target: other)).findings.isEmpty)
    }

    @Test("a pod is found by the finding that hurts its workload")
    func pods() {
        let pod = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: "cart-rs-1")
        #expect(builder.diagnosis().finding(about: pod)?.rule == "D-01")
        let other = ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "other", name: "cart-rs-1")
        #expect(builder.diagnosis().finding(about: other) == nil)
    }

    @Test("a symptom that no rule explains is told, and what cannot be read")
    func unverified() {
        var shop = SnapshotBuilder()
        shop.add(
            "pods",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"x","namespace":"shop"},"spec":{"containers":[{"name":"c"}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"c","restartCount":9,
             "state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}
            """)
        shop.forbid("jobs")
        let diagnosis = shop.diagnosis()
        #expect(diagnosis.verdict == .unverified)
        #expect(diagnosis.unverified.map(\.check) == ["jobs", "cause of Pod shop/x"])
    }

    @Test(
        "a workload that is not ready is told, unless it is about to be",
        arguments: [
            ("2026-11-20T11:50:00Z", ["cause of Deployment shop/checkout: 0 of 1 ready; readiness probe failed: 503; no rule explains it"]),
            ("2026-11-20T11:59:45Z", []),
        ])
    func unready(_ since: String, told: [String]) {
        var shop = SnapshotBuilder()
        shop.workload("checkout", ip: "10.0.0.1", isReady: false)
        shop.workload("front", ip: "10.0.0.2")
        shop.add(
            "pods",
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"checkout-rs-1","namespace":"shop",
             "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"checkout-rs","uid":"r-checkout","controller":true}]},
             "spec":{"containers":[{"name":"main"}]},
             "status":{"phase":"Running","conditions":[{"type":"Ready","status":"False","lastTransitionTime":"\(since)"}]}}
            """)
        shop.add(
            "events",
            """
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"e","namespace":"shop"},"reason":"Unhealthy",
             "involvedObject":{"kind":"Pod","namespace":"shop","name":"checkout-rs-1"},"message":"Readiness probe failed: 503"}
            """)
        #expect(shop.diagnosis().unverified.map { "\($0.check): \($0.reason)" } == told)
        let front = ObjectReference(apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "front")
        let about = shop.diagnosis(DiagnosisScope(target: front))
        #expect(about.unverified.isEmpty)
        #expect(about.healthy.map { "\($0.count) \($0.check)" } == ["1 pods ready"])
    }
}
