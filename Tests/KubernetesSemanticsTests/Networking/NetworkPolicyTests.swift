import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("NetworkPolicy verdicts")
struct NetworkPolicyTests {
    let cart = NetworkedPod(Fixture.pod("cart", labels: ["app": "cart"], ip: "10.0.0.1"))
    let dns = NetworkedPod(
        Fixture.pod(
            "coredns", in: "kube-system", labels: ["k8s-app": "kube-dns"], ip: "10.0.9.9",
            spec: ["containers": [["ports": [["name": "dns", "containerPort": 53, "protocol": "UDP"]]]]]
        )
    )
    let namespaces = [
        "shop": ["kubernetes.io/metadata.name": "shop"], "kube-system": ["kubernetes.io/metadata.name": "kube-system"],
    ]

    func verdict(_ policies: NetworkPolicyRules..., port: Int = 53, transport: TransportProtocol = .udp) -> NetworkPolicyVerdict {
        NetworkPolicyEvaluator(policies: policies, namespaceLabels: namespaces)
            .verdict(NetworkFlow(from: .pod(cart), to: .pod(dns), port: port, protocol: transport))
    }

    func egress(_ rules: JSONValue) -> NetworkPolicyRules {
        Fixture.policy("p", ["podSelector": [:], "policyTypes": ["Egress"], "egress": rules])
    }

    @Test("without a policy everything passes")
    func noPolicy() {
        #expect(verdict().isAdmitted)
        #expect(verdict().egress == .unrestricted)
    }

    @Test("a policy of another namespace selects nothing here")
    func otherNamespace() {
        #expect(verdict(Fixture.policy("p", in: "other", ["podSelector": [:], "policyTypes": ["Egress"]])).isAdmitted)
    }

    @Test("a policy without egress rules denies all egress")
    func defaultDeny() throws {
        let denial = try #require(verdict(egress([])).denials.first)
        #expect(denial.policy == ObjectKey(namespace: "shop", name: "p"))
        #expect(denial.field == "spec.egress")
        #expect(denial.description == "admits no egress at all")
    }

    @Test("without policyTypes a policy restricts ingress, and egress only when it has rules for it")
    func defaultTypes() {
        #expect(verdict(Fixture.policy("p", ["podSelector": [:]])).isAdmitted)
        #expect(!verdict(Fixture.policy("p", ["podSelector": [:], "egress": [["to": [["podSelector": [:]]]]]])).isAdmitted)
    }

    @Test("a namespace label that nobody set is named")
    func namespaceLabel() throws {
        let selector: JSONValue = ["matchLabels": ["name": "kube-system"]]
        let verdict = verdict(egress([["to": [["namespaceSelector": selector]], "ports": [["protocol": "UDP", "port": 53]]]]))
        let denial = try #require(verdict.denials.first)
        #expect(denial.field == "spec.egress[0].to[0].namespaceSelector")
        #expect(denial.description == "admits namespaces labelled name=kube-system; kube-system has no label name")
    }

    @Test("both selectors in one peer must match, in two peers one is enough")
    func andOr() {
        let namespace: JSONValue = ["matchLabels": ["kubernetes.io/metadata.name": "kube-system"]]
        let pod: JSONValue = ["matchLabels": ["k8s-app": "coredns"]]
        #expect(!verdict(egress([["to": [["namespaceSelector": namespace, "podSelector": pod]]]])).isAdmitted)
        #expect(verdict(egress([["to": [["namespaceSelector": namespace], ["podSelector": pod]]]])).isAdmitted)
    }

    @Test("an empty namespace selector admits every namespace")
    func emptySelector() {
        #expect(verdict(egress([["to": [["namespaceSelector": [:]]]]])).isAdmitted)
    }

    @Test("the wrong transport is told with what is admitted")
    func transport() throws {
        let denial = try #require(verdict(egress([["ports": [["protocol": "TCP", "port": 53]]]])).denials.first)
        #expect(denial.field == "spec.egress[0].ports")
        #expect(denial.description == "admits TCP 53 only, not UDP 53")
    }

    static let admittedPorts: [(JSONValue, Bool)] = [
        ([["protocol": "UDP", "port": "dns"]], true),
        ([["protocol": "UDP", "port": "web"]], false),
        ([["protocol": "UDP", "port": 50, "endPort": 53]], true),
        ([["protocol": "UDP", "port": 50, "endPort": 52]], false),
        ([["protocol": "UDP"]], true),
    ]

    @Test("named ports mean the destination's, ranges hold their ends", arguments: admittedPorts)
    func ports(_ ports: JSONValue, isAdmitted: Bool) {
        #expect(verdict(egress([["ports": ports]])).isAdmitted == isAdmitted)
    }

    @Test("address blocks admit what they hold, except their exceptions")
    func blocks() throws {
        #expect(verdict(egress([["to": [["ipBlock": ["cidr": "10.0.8.0/21"]]]]])).isAdmitted)
        let denied = verdict(egress([["to": [["ipBlock": ["cidr": "10.0.0.0/8", "except": ["10.0.9.0/24"]]]]]]))
        #expect(try #require(denied.denials.first).description == "admits 10.0.0.0/8 except 10.0.9.0/24, which holds 10.0.9.9")
    }

    @Test("one policy that admits is enough")
    func union() {
        let deny = Fixture.policy("deny", ["podSelector": [:], "policyTypes": ["Egress"]])
        #expect(verdict(deny, egress([[:]])).isAdmitted)
    }

    @Test("the destination's ingress decides too")
    func ingress() throws {
        let policy = Fixture.policy(
            "dns", in: "kube-system", ["podSelector": [:], "ingress": [["from": [["podSelector": [:]]]]]]
        )
        let denial = try #require(verdict(policy).denials.first)
        #expect(denial.direction == .ingress)
        #expect(denial.description == "admits pods of its own namespace only, not those of shop")
    }

    @Test("pods in their node's network are beyond policies")
    func hostNetwork() {
        let pod = NetworkedPod(Fixture.pod("agent", ip: "192.168.0.1", spec: ["hostNetwork": true]))
        let policies = [Fixture.policy("deny", ["podSelector": [:], "policyTypes": ["Egress"]])]
        let evaluator = NetworkPolicyEvaluator(policies: policies, namespaceLabels: namespaces)
        #expect(evaluator.verdict(NetworkFlow(from: .pod(pod), to: .pod(dns), port: 53, protocol: .udp)).isAdmitted)
    }

    @Test("several rules that are equally near are told together")
    func together() throws {
        let own: JSONValue = ["podSelector": [:]]
        let payments: JSONValue = ["namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "payments"]]]
        let denial = try #require(verdict(egress([["to": [own, payments]]])).denials.first)
        #expect(denial.field == "spec.egress")
        #expect(
            denial.description == "admits pods of its own namespace and namespaces labelled"
                + " kubernetes.io/metadata.name=payments only, not those of kube-system")
    }

    @Test("the rule that comes closest is the one that is told")
    func nearest() throws {
        let near: JSONValue = ["to": [["namespaceSelector": [:]]], "ports": [["protocol": "TCP", "port": 53]]]
        let far: JSONValue = ["to": [["podSelector": ["matchLabels": ["a": "b"]]]], "ports": [["port": 443]]]
        #expect(try #require(verdict(egress([far, near])).denials.first).field == "spec.egress[1].ports")
    }
}
