import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("Endpoints and routes of Services")
struct ServiceTests {
    let web = Fixture.service(
        "web",
        [
            "clusterIP": "10.96.0.20", "selector": ["app": "web"], "ports": [["name": "http", "port": 80, "targetPort": "http"]],
        ])

    func pod(_ name: String, port: Int = 8080, ip: String? = "10.0.0.1", isReady: Bool = true, phase: String = "Running") -> NetworkedPod {
        let ports: JSONValue = [["name": "http", "containerPort": JSONValue(port)]]
        return NetworkedPod(
            Fixture.pod(
                name, labels: ["app": "web", "tier": "front"], ip: ip,
                spec: ["containers": [["ports": ports]], "nodeName": "node-1"], isReady: isReady, phase: phase
            )
        )
    }

    @Test("pods that match are endpoints; those that are not ready are told so")
    func conditions() {
        let selection = EndpointSelection(web, pods: [pod("b", isReady: false), pod("a")])
        #expect(selection.endpoints.map(\.pod.name) == ["a", "b"])
        #expect(selection.endpoints.map(\.isReady) == [true, false])
        #expect(selection.groups.first?.ports.map(\.number) == [8080])
    }

    @Test("pods whose named port has another number are a group of their own")
    func namedPorts() {
        let selection = EndpointSelection(web, pods: [pod("a", port: 8080), pod("b", port: 9090)])
        #expect(selection.groups.map { $0.ports.map(\.number) } == [[8080], [9090]])
    }

    @Test("a named port that a pod lacks leaves the endpoint without it")
    func unresolved() {
        let bare = NetworkedPod(Fixture.pod("a", labels: ["app": "web"], ip: "10.0.0.1"))
        let selection = EndpointSelection(web, pods: [bare])
        #expect(selection.groups.first?.ports.isEmpty == true)
    }

    @Test("finished pods and those without an address are left out")
    func excluded() {
        let selection = EndpointSelection(web, pods: [pod("a", phase: "Succeeded"), pod("b", ip: nil)])
        #expect(selection.endpoints.isEmpty)
    }

    @Test("publishNotReadyAddresses makes every endpoint ready")
    func publishing() {
        let service = Fixture.service("db", ["clusterIP": "None", "selector": ["app": "web"], "publishNotReadyAddresses": true])
        #expect(EndpointSelection(service, pods: [pod("a", isReady: false)]).endpoints.map(\.isReady) == [true])
    }

    @Test("a hostname counts when the pod's subdomain is the Service")
    func hostname() {
        let spec: JSONObject = ["hostname": "db-0", "subdomain": "web"]
        let pod = NetworkedPod(Fixture.pod("db-0", labels: ["app": "web"], ip: "10.0.0.1", spec: spec))
        #expect(EndpointSelection(web, pods: [pod]).endpoints.map(\.hostname) == ["db-0"])
    }

    func verdict(_ slices: [RoutedEndpoints], service: RoutedService? = nil, port: Int = 80, node: String = "node-1")
        -> ServiceRouting.Verdict
    {
        ServiceRouting(services: [service ?? web], slices: slices)
            .verdict(to: "10.96.0.20", port: port, protocol: .tcp, from: node)
    }

    @Test("a Service without ready endpoints refuses")
    func rejected() {
        let slice = Fixture.slice(of: "web", [["addresses": ["10.0.0.1"], "conditions": ["ready": false]]])
        #expect(verdict([slice]) == .rejected(service: web.key, reason: "Service shop/web has no ready endpoint for port 80"))
        #expect(verdict([]) == verdict([slice]))
    }

    @Test("ready endpoints are preferred to those that are being shut down, which still serve in need")
    func terminating() {
        let leaving: JSONValue = ["addresses": ["10.0.0.1"], "conditions": ["ready": false, "serving": true, "terminating": true]]
        let ready: JSONValue = ["addresses": ["10.0.0.2"], "conditions": ["ready": true]]
        func addresses(_ verdict: ServiceRouting.Verdict) -> [String] {
            if case .endpoints(_, let targets) = verdict { targets.map(\.address) } else { [] }
        }
        #expect(addresses(verdict([Fixture.slice(of: "web", [leaving, ready])])) == ["10.0.0.2"])
        #expect(addresses(verdict([Fixture.slice(of: "web", [leaving])])) == ["10.0.0.1"])
    }

    @Test("internalTrafficPolicy Local is silent on nodes without an endpoint")
    func local() {
        let local = Fixture.service(
            "web",
            [
                "clusterIP": "10.96.0.20", "internalTrafficPolicy": "Local", "ports": [["name": "http", "port": 80]],
            ])
        let slice = Fixture.slice(of: "web", [["addresses": ["10.0.0.1"], "nodeName": "node-1"]])
        #expect(
            verdict([slice], service: local, node: "node-2")
                == .dropped(
                    service: web.key, reason: "internalTrafficPolicy is Local and node node-2 has no endpoint"
                ))
        guard case .endpoints = verdict([slice], service: local) else {
            Issue.record("the node's own endpoint is not used")
            return
        }
    }

    @Test("other addresses and ports of a Service are told apart")
    func unknown() {
        #expect(verdict([], port: 8080) == .noSuchPort(service: web.key))
        let routing = ServiceRouting(services: [web], slices: [RoutedEndpoints]())
        #expect(routing.verdict(to: "10.0.0.1", port: 80, protocol: .tcp, from: nil) == .notAService)
    }
}
