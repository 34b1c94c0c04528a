import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("CoreDNS and its Corefile")
struct CoreDNSTests {
    private func context(_ corefile: String, resolver: String = "nameserver 10.0.0.2\n") -> ProcessContext {
        let root = FileTree(["etc/coredns/Corefile": corefile, "etc/resolv.conf": resolver])
        let names = ClusterNames(
            view: ClusterView(ObjectStore()), outside: ["example.com": IPv4(0x0505_0505), "real.example.com": IPv4(0x0606_0606)])
        return ProcessContext(
            now: Instant(seconds: 1_800_000_000), environment: [], files: FileSystem(root: root), hostname: "coredns",
            address: IPv4(0x0A00_0003), random: Randomness(seed: 1), names: names)
    }

    /// What a server with these lines in its block answers, and what it logs.
    private func ask(_ name: String, _ lines: String, kind: DNSQuestion.Kind = .a) -> (answer: DNSAnswer?, log: [String]) {
        let context = context(".:53 {\n\(lines)\nforward . /etc/resolv.conf\n}\n")
        var server = CoreDNS()
        _ = server.receive(.start, in: context)
        var question = DNSQuestion(name, kind)
        question.client = IPv4(0x0A00_0009)
        let served = server.serve(.dns(question), in: context)
        let log = served.actions.compactMap { action in
            if case .write(let bytes, _) = action { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
        guard case .dns(let answer) = served.response else { return (nil, log) }
        return (answer, log)
    }

    @Test("log tells of each question, who asked it and what came of it")
    func log() {
        #expect(ask("example.com", "errors").log.isEmpty)
        let line = ask("example.com", "log").log.first ?? ""
        #expect(line.hasPrefix("[INFO] 10.0.0.9:"))
        #expect(line.contains(#" "A IN example.com. udp 29 false 512" NOERROR qr,aa,rd 45 "#))
        #expect(ask("nosuch.example", "log").log.first?.contains(" NXDOMAIN ") == true)
    }

    @Test(
        "rewrite looks another name up",
        arguments: [
            ("rewrite name alias.example real.example.com", "alias.example"), ("rewrite stop name exact a.b. real.example.com.", "a.b"),
            ("rewrite name suffix .test .example.com", "real.test"), ("rewrite name prefix un-real real", "un-real.example.com"),
            ("rewrite name substring fake real", "fake.example.com"), (#"rewrite name regex (.*)\.test {1}.example.com"#, "real.test"),
            ("rewrite continue name x y\nrewrite continue name a.b c.d\nrewrite name c.d real.example.com", "a.b"),
        ])
    func rewrite(lines: String, name: String) {
        #expect(ask(name, lines).answer?.addresses == [IPv4(0x0606_0606)])
        #expect(ask("example.com", lines).answer?.addresses == [IPv4(0x0505_0505)])
    }

    @Test("a template answers for the names that it matches, with addresses or a code, or leaves them to others")
    func template() {
        let block = #"""
            template IN A example.com {
              match ^test[0-9]+[.]example[.]com[.]$
              answer "{{ .Name }} 60 IN A 1.2.3.4"
              fallthrough
            }
            template ANY ANY dead.example {
              rcode NXDOMAIN
            }
            """#
        #expect(ask("test7.example.com", block).answer == DNSAnswer(code: .noError, addresses: [IPv4(0x0102_0304)]))
        #expect(ask("example.com", block).answer?.addresses == [IPv4(0x0505_0505)])
        #expect(ask("a.dead.example", block).answer?.code == .nameError)
    }

    @Test("a Service's external name is told as an alias, with what it leads to")
    func externalName() {
        let store = ObjectStore()
        store.put(object(#"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}"#), resource: Resource.namespaces)
        let names = [
            "ext": "example.com", "dead": "nosuch.example", "far": "ext.shop.svc.cluster.local", "lost": "gone.shop.svc.cluster.local",
            "self": "self.shop.svc.cluster.local",
        ]
        for (name, target) in names {
            let service = object(
                """
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"\(name)","namespace":"shop"},
                 "spec":{"type":"ExternalName","externalName":"\(target)"}}
                """)
            store.put(service, resource: Resource.services)
        }
        let zone = ClusterNames(view: ClusterView(store), outside: ["example.com": IPv4(0x0505_0505)])
        func ask(_ name: String) -> DNSAnswer { zone.answer(DNSQuestion("\(name).shop.svc.cluster.local")) }
        #expect(ask("ext") == DNSAnswer(code: .noError, addresses: [IPv4(0x0505_0505)], aliases: ["example.com"]))
        #expect(ask("dead") == DNSAnswer(code: .noError, aliases: ["nosuch.example"]))
        #expect(ask("far").aliases == ["ext.shop.svc.cluster.local", "example.com"])
        #expect(ask("lost") == DNSAnswer(code: .noError))
        #expect(ask("self") == DNSAnswer(code: .noError))
    }

    @Test("services of ports and names of addresses are asked of a server itself")
    func direct() {
        let store = ObjectStore()
        store.put(object(#"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop"}}"#), resource: Resource.namespaces)
        let service = object(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"shop"},
             "spec":{"clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"ports":[{"name":"http","port":8080,"protocol":"TCP"}]}}
            """)
        store.put(service, resource: Resource.services)
        let names = ClusterNames(view: ClusterView(store))
        func output(_ words: [String]) -> String {
            let tool = NetworkTool("nslookup", words)
            guard case .exchange(.dns(let question), let server, _, _)? = tool?.begin(ticket: 0, server: "10.96.0.10"),
                case .finished(_, let output, _)? = tool?.answered(.response(.dns(names.answer(question))), server: "10.96.0.10")
            else { return "" }
            return "\(server.host) " + output
        }
        let web = "web.shop.svc.cluster.local"
        #expect(output(["-type=srv", "_http._tcp.\(web)"]).contains("_http._tcp.\(web)\tservice = 0 100 8080 \(web)\n"))
        #expect(output(["10.96.0.9"]).contains("9.0.96.10.in-addr.arpa\tname = \(web)\n"))
        #expect(output([web, "1.2.3.4"]).hasPrefix("1.2.3.4 Server:\t\t1.2.3.4\n"))
        #expect(output([web, "1.2.3.4"]).contains("Name:\t\(web)\nAddress: 10.96.0.9\n"))
        #expect(output(["10.96.0.8"]).contains("** server can't find 8.0.96.10.in-addr.arpa: NXDOMAIN"))
    }

    @Test("tools show the aliases on the way to an address")
    func aliases() {
        let result = LookupResult.addresses([IPv4(0x0505_0505)], names: ["ext.shop", "example.com"])
        func output(_ tool: String, _ arguments: [String]) -> String {
            var tool = NetworkTool(tool, arguments)
            guard case .finished(_, let output, _) = tool?.lookedUp(result, ticket: 0, server: "10.96.0.10") else { return "" }
            return output
        }
        #expect(output("nslookup", ["ext"]).contains("ext.shop\tcanonical name = example.com\nName:\texample.com\nAddress: 5.5.5.5\n"))
        #expect(output("dig", ["+short", "ext.shop"]) == "example.com.\n5.5.5.5\n")
        #expect(output("dig", ["ext.shop"]).contains("ext.shop.\t\t30\tIN\tCNAME\texample.com.\nexample.com.\t\t30\tIN\tA\t5.5.5.5\n"))
    }

    @Test("a server that would ask itself ends with the loop that it has found", arguments: ["127.0.0.53", "10.0.0.3"])
    func loop(nameserver: String) {
        let corefile = ".:53 {\n  loop\n  forward . /etc/resolv.conf\n}\n"
        func start(_ nameserver: String) -> (text: String, ends: Bool) {
            var server = CoreDNS()
            var (text, ends) = ("", false)
            for action in server.receive(.start, in: context(corefile, resolver: "nameserver \(nameserver)\n")) {
                if case .write(let bytes, _) = action { text += String(decoding: bytes, as: UTF8.self) }
                if case .exit(code: 1) = action { ends = true }
            }
            return (text, ends)
        }
        #expect(start(nameserver).ends)
        #expect(start(nameserver).text.hasPrefix("[FATAL] plugin/loop: Loop (127.0.0.1:"))
        #expect(!start("10.0.0.2").ends)
    }
}
