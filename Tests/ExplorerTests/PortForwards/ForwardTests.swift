import KubernetesClient
import KubernetesModel
import Testing

@testable import Explorer

@Suite("Forwarded ports")
struct ForwardTests {
    private func object(_ json: String) -> KubernetesObject { KubernetesObject(compactJSON: Array(json.utf8)).parsed() }

    @Test(
        "what is typed names the local port, the remote one and an address",
        arguments: [
            ("8080:80", "localhost", 8080, "80"), ("80", "localhost", 80, "80"), ("0:http", "localhost", 0, "http"),
            ("0.0.0.0:9000:http", "0.0.0.0", 9000, "http"),
        ])
    func typed(text: String, address: String, local: Int, port: String) throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: pods, namespace: "shop", name: "a")
        #expect(
            ForwardAction.specification(text, target)
                == ForwardSpecification(target: target, port: port, address: address, localPort: local))
    }

    @Test("a forward is remembered whole, and is none where its resource is not served any more")
    func remembered() throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: pods, namespace: "shop", name: "a")
        let specification = ForwardSpecification(target: target, port: "http", address: "0.0.0.0", localPort: 9000)
        #expect(ForwardSpecification(specification.json, catalog: .builtIn) == specification)
        var labelled = specification
        labelled.labelSelector = "app=web"
        #expect(ForwardSpecification(labelled.json, catalog: .builtIn) == labelled)
        #expect(ForwardSpecification(specification.json, catalog: ResourceCatalog(groupVersions: [], resources: [])) == nil)
        #expect(ForwardSpecification("odd", catalog: .builtIn) == nil)
    }

    @Test("what names no ports is refused", arguments: ["", "x", "x:80", "1:2:3:4", "70000:80", "80:", "-1:80"])
    func refused(text: String) throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        #expect(ForwardAction.specification(text, ObjectTarget(resource: pods, namespace: "shop", name: "a")) == nil)
    }

    @Test("after a port was chosen a number alone is the local one for it")
    func chosen() throws {
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: pods, namespace: "shop", name: "a")
        let specification = ForwardAction.specification("9000", target, of: .init(port: "http", number: 80, note: ""))
        #expect(specification?.localPort == 9000 && specification?.port == "http")
    }

    @Test("a port that is taken leads back to the question, with the reason in words")
    func taken() async throws {
        try await ServedShell.with { served in
            let target = ObjectTarget(resource: served.shell.podResource, namespace: "default", name: "a")
            let specification = ForwardSpecification(target: target, port: "80", address: "127.0.0.1", localPort: 0)
            let session = served.shell.home
            ForwardAction.begin(specification, of: session, in: served.shell)
            await until(in: served.shell) { !session.forwards.all.isEmpty }
            let port = session.forwards.all[0].forwarder.port
            var problem: String?
            let same = ForwardSpecification(target: target, port: "80", address: "127.0.0.1", localPort: port)
            ForwardAction.begin(same, of: session, in: served.shell) { problem = $0 }
            await until(in: served.shell) { problem != nil }
            #expect(problem == "Can't listen on 127.0.0.1:\(port): address already in use")
            session.forwards.stopAll()
        }
    }

    @Test("a service offers its own ports, and leads to those of its pods; UDP can't be forwarded")
    func service() {
        let service = object(
            """
            {"kind":"Service","spec":{"ports":[{"name":"web","port":80,"targetPort":"http"},{"port":53,"protocol":"UDP"},{"port":90}]}}
            """)
        #expect(
            ForwardAction.ports(of: service) == [.init(port: "http", number: 80, note: "web"), .init(port: "90", number: 90, note: "")])
    }

    @Test("the pod asked for is taken while it is ready, then another that is")
    func replacement() {
        func pod(_ name: String, ready: Bool, phase: String = "Running") -> KubernetesObject {
            object(
                """
                {"kind":"Pod","metadata":{"name":"\(name)"},"spec":{"containers":[{"ports":[{"name":"http","containerPort":8080}]}]},
                 "status":{"phase":"\(phase)","conditions":[{"type":"Ready","status":"\(ready ? "True" : "False")"}]}}
                """)
        }
        #expect(ForwardedPods.best([pod("a", ready: true), pod("b", ready: true)], preferring: "b")?.name == "b")
        #expect(ForwardedPods.best([pod("a", ready: true), pod("b", ready: false)], preferring: "b")?.name == "a")
        #expect(ForwardedPods.best([pod("b", ready: false)], preferring: "b")?.name == "b")
        #expect(ForwardedPods.best([pod("b", ready: false, phase: "Pending")], preferring: "b") == nil)
        #expect(ForwardedPods.port("http", of: pod("a", ready: true)) == 8080)
        #expect(ForwardedPods.port("90", of: pod("a", ready: true)) == 90)
        #expect(ForwardedPods.port("none", of: pod("a", ready: true)) == nil)
    }

    @Test("a port whose session ended while it was opened is let go")
    func late() async throws {
        let shell = try TestShell.make()
        let forwards = shell.session.forwards
        let pods = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: pods, namespace: "shop", name: "a")
        let specification = ForwardSpecification(target: target, port: "80", address: "127.0.0.1", localPort: 0)
        let forward = try #require(try await forwards.begin(specification, at: TestShell.noon, onChange: {}))
        #expect(forwards.all.map(\.forwarder.port) == [forward.forwarder.port])
        forwards.stopAll()
        let late = try await forwards.begin(specification, at: TestShell.noon, onChange: {})
        #expect(late?.begin == nil)
        #expect(forwards.all.isEmpty)
    }
}
