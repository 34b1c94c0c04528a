import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("A pod's resolver")
struct ResolverTests {
    let kubelet = PodResolver.Kubelet(
        clusterDNS: ["10.96.0.10"],
        host: ResolverConfiguration(nameservers: ["192.168.0.2"], searches: ["eu-west-1.compute.internal"])
    )

    func resolver(_ spec: JSONObject) -> PodResolver {
        PodResolver(Fixture.pod("p", spec: spec), on: kubelet)
    }

    @Test("ClusterFirst asks the cluster's DNS under the namespace's search list")
    func clusterFirst() {
        #expect(
            resolver([:]).configuration.text == """
                search shop.svc.cluster.local svc.cluster.local cluster.local eu-west-1.compute.internal
                nameserver 10.96.0.10
                options ndots:5

                """)
    }

    @Test("ClusterFirst in the node's network silently means the node's resolver")
    func hostNetwork() {
        let resolver = resolver(["hostNetwork": true])
        #expect(resolver.configuration == kubelet.host)
        #expect(resolver.fallback == .hostNetwork)
        #expect(!resolver.asksClusterDNS)
        #expect(self.resolver(["hostNetwork": true, "dnsPolicy": "ClusterFirstWithHostNet"]).asksClusterDNS)
    }

    @Test("Default is the node's resolver, None only what dnsConfig says")
    func others() {
        #expect(resolver(["dnsPolicy": "Default"]).configuration == kubelet.host)
        let none = resolver(["dnsPolicy": "None", "dnsConfig": ["nameservers": ["1.1.1.1"]]])
        #expect(none.configuration.text == "nameserver 1.1.1.1\n")
    }

    @Test("dnsConfig adds servers and searches and replaces options")
    func custom() {
        let config: JSONValue = [
            "nameservers": ["1.1.1.1", "2.2.2.2", "3.3.3.3"], "searches": ["corp"],
            "options": [["name": "ndots", "value": "1"], ["name": "edns0"]],
        ]
        let configuration = resolver(["dnsConfig": config]).configuration
        #expect(configuration.nameservers == ["10.96.0.10", "1.1.1.1", "2.2.2.2"])
        #expect(configuration.searches.last == "corp")
        #expect(configuration.text.hasSuffix("options ndots:1 edns0\n"))
    }

    @Test("names with few dots try the search list first, absolute names nothing else")
    func candidates() {
        let configuration = resolver([:]).configuration
        #expect(configuration.candidates(for: "cart").first == "cart.shop.svc.cluster.local")
        #expect(configuration.candidates(for: "cart").last == "cart")
        #expect(configuration.candidates(for: "a.b.c.d.e.f").first == "a.b.c.d.e.f")
        #expect(configuration.candidates(for: "cart.shop.svc.cluster.local.") == ["cart.shop.svc.cluster.local"])
    }

    @Test("a file reads as the C library reads it")
    func parsing() {
        let configuration = ResolverConfiguration(
            parsing: "# by hand\ndomain a\nsearch b c\nnameserver 1.1.1.1 x\noptions ndots:2 rotate\nfoo\n")
        #expect(configuration.text == "search b c\nnameserver 1.1.1.1\noptions ndots:2 rotate\n")
        #expect(configuration.ndots == 2)
    }
}
