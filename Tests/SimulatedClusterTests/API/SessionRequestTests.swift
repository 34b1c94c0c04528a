import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Requests for sessions")
struct SessionRequestTests {
    private let cluster: SimulatedCluster

    init() async throws {
        let start = Instant(seconds: 1_767_225_600)
        cluster = SimulatedCluster(scenario: try ScenarioDefinition.builtIn("empty"), seed: 1, clock: start)
        let pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},
             "spec":{"containers":[{"name":"c","image":"docker.io/library/busybox:1.36","command":["sleep","infinity"]}]}}
            """
        _ = await send("POST", "/api/v1/namespaces/default/pods", body: pod)
        await cluster.advance(to: start + .seconds(20))
    }

    private func send(
        _ method: String, _ path: String, query: String = "", headers: [(name: String, value: String)] = [], body: String = "",
        as user: String = ""
    ) async -> (status: Int, message: String, upgraded: String?) {
        let impersonation = user.isEmpty ? [] : [(name: "impersonate-user", value: user)]
        let response = await cluster.handle(
            APIRequest(
                method: method, path: path, query: PercentEncoding.query(query), headers: headers + impersonation, body: Array(body.utf8),
                clientCertificate: ClientIdentity(commonName: "admin", organizations: ["system:masters"])))
        switch response.body {
        case .session(_, let name): return (response.status, "", name)
        case .bytes(let bytes): return (response.status, (try? JSONParser.parse(bytes))?["message"]?.stringValue ?? "", nil)
        default: return (response.status, "", nil)
        }
    }

    private func webSocket(_ protocols: String? = nil) -> [(name: String, value: String)] {
        [(name: "upgrade", value: "websocket")] + (protocols.map { [(name: "sec-websocket-protocol", value: $0)] } ?? [])
    }

    private let pod = "/api/v1/namespaces/default/pods/p"

    @Test(
        "every protocol that clients have spoken is spoken, the newest first",
        arguments: [
            ("v4.channel.k8s.io, v5.channel.k8s.io", "v5.channel.k8s.io"), ("base64.channel.k8s.io", "base64.channel.k8s.io"),
            ("channel.k8s.io", "channel.k8s.io"), (nil, ""),
        ] as [(String?, String)])
    func protocols(offered: String?, chosen: String) async {
        let answer = await send("GET", "\(pod)/exec", query: "command=true&stdout=1", headers: webSocket(offered))
        #expect(answer.upgraded == chosen)
    }

    @Test("old clients of SPDY name theirs in one header or in several")
    func spdy() async {
        let headers = [
            (name: "upgrade", value: "SPDY/3.1"), (name: "x-stream-protocol-version", value: "v9.channel.k8s.io, v2.channel.k8s.io"),
        ]
        #expect(await send("POST", "\(pod)/exec", query: "command=true&stdout=1", headers: headers).upgraded == "v2.channel.k8s.io")
    }

    @Test("into a container that has ended nobody is let, but told so within a session of version 5")
    func ended() async {
        let pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"over"},
             "spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"docker.io/library/busybox:1.36","command":["true"]}]}}
            """
        _ = await send("POST", "/api/v1/namespaces/default/pods", body: pod)
        await cluster.advance(to: await cluster.now + .seconds(20))
        let path = "/api/v1/namespaces/default/pods/over/exec"
        let spdy = [(name: "upgrade", value: "SPDY/3.1"), (name: "x-stream-protocol-version", value: "v4.channel.k8s.io")]
        for (method, headers) in [("POST", spdy), ("GET", webSocket("v4.channel.k8s.io"))] {
            let answer = await send(method, path, query: "command=true&stdout=1", headers: headers)
            #expect(answer.status == 500)
            #expect(answer.upgraded == nil)
        }
        let five = await send("GET", path, query: "command=true&stdout=1", headers: webSocket("v5.channel.k8s.io"))
        #expect(five.upgraded == "v5.channel.k8s.io")
    }

    @Test("who may only read may not open a session by a WebSocket", arguments: ["exec", "attach", "portforward"])
    func readers(subresource: String) async {
        let role = """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"reads"},
             "rules":[{"apiGroups":[""],"resources":["pods/\(subresource)"],"verbs":["get"]}]}
            """
        let binding = """
            {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"reads"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"reads"},
             "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"bob"}]}
            """
        _ = await send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", body: role)
        _ = await send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", body: binding)
        let query = "command=true&stdout=1&ports=80"
        let answer = await send("GET", "\(pod)/\(subresource)", query: query, headers: webSocket("v4.channel.k8s.io"), as: "bob")
        #expect(answer.status == 403)
        #expect(
            answer.message
                == #"pods "p" is forbidden: User "bob" cannot create resource "pods/\#(subresource)" in API group "" in the namespace "default""#
        )
    }

    @Test(
        "a port that is none is refused before the connection changes over",
        arguments: [
            ("", #"query parameter "port" is required"#), ("ports=", #"query parameter "port" cannot be empty"#),
            ("ports=abc", #"unable to parse "abc" as a port: strconv.ParseUint: parsing "abc": invalid syntax"#),
            ("ports=65536", #"unable to parse "65536" as a port: strconv.ParseUint: parsing "65536": value out of range"#),
            ("ports=0", #"port "0" must be > 0"#),
        ])
    func ports(query: String, message: String) async {
        let answer = await send("GET", "\(pod)/portforward", query: query, headers: webSocket("v4.channel.k8s.io"))
        #expect(answer.status == 400)
        #expect(answer.message == message)
    }

    @Test("a followed log ends at the limit of its bytes")
    func limitedLog() async throws {
        let script = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"l"},"spec":{"containers":[{"name":"c",
             "image":"docker.io/library/busybox:1.36","command":["sh","-c","while true; do echo tick; sleep 1; done"]}]}}
            """
        _ = await send("POST", "/api/v1/namespaces/default/pods", body: script)
        await cluster.advance(to: await cluster.now + .seconds(20))
        let response = await cluster.handle(
            APIRequest(
                method: "GET", path: "/api/v1/namespaces/default/pods/l/log",
                query: [(name: "follow", value: "true"), (name: "limitBytes", value: "7"), (name: "tailLines", value: "1")],
                clientCertificate: ClientIdentity(commonName: "admin", organizations: ["system:masters"])))
        guard case .stream(let channel) = response.body else { throw StatusError.badRequest("no stream") }
        await cluster.advance(to: await cluster.now + .seconds(5))
        #expect(String(decoding: channel.drain(), as: UTF8.self) == "tick\nti")
        #expect(channel.isFinished)
    }
}
