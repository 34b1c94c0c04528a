import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("Proxies of the API server")
struct ProxyRequestTests {
    private let cluster: SteppedCluster
    private let api: APIServer

    init() throws {
        cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        try cluster.apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: echo, namespace: default, labels: {app: echo}}
            spec: {containers: [{name: c, image: 'registry.k8s.io/e2e-test-images/echoserver:2.5', ports: [{containerPort: 8080}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: echo, namespace: default}
            spec: {selector: {app: echo}, ports: [{name: web, port: 80, targetPort: 8080}]}
            """)
        cluster.run(.seconds(20))
        api = APIServer(cluster.parts)
    }

    private func send(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], rawQuery: String? = nil,
        headers: [(name: String, value: String)] = [], body: String = ""
    ) -> (status: Int, headers: [(name: String, value: String)], text: String) {
        let identity = ClientIdentity(commonName: "admin", organizations: ["system:masters"])
        let request = APIRequest(
            method: method, path: path, query: query, rawQuery: rawQuery, headers: headers, body: Array(body.utf8),
            clientCertificate: identity)
        var response = api.handle(request)
        cluster.run(.seconds(1))
        if case .deferred(let deferred) = response.body, let answer = deferred.current { response = answer }
        guard case .bytes(let bytes) = response.body else { return (response.status, response.headers, "") }
        return (response.status, response.headers, String(decoding: bytes, as: UTF8.self))
    }

    @Test("a path without a slash leads to the one with it", arguments: ["pods/echo", "services/echo"])
    func redirection(target: String) {
        let path = "/api/v1/namespaces/default/\(target)/proxy"
        let answer = send("GET", path, query: [("q", "1")], rawQuery: "q=1")
        #expect(answer.status == 301)
        #expect(answer.headers.first { $0.name == "location" }?.value == "\(path)/?q=1")
        #expect(send("POST", path).status == 200)
    }

    @Test(
        "method, query, headers and body reach the program",
        arguments: ["pods/echo/proxy", "pods/http:echo:8080/proxy", "services/echo:web/proxy"])
    func whole(target: String) {
        let answer = send(
            "POST", "/api/v1/namespaces/default/\(target)/a/b", query: [("q", "1")],
            headers: [("content-type", "text/x"), ("x-own", "yes"), ("authorization", "Bearer secret"), ("connection", "keep-alive")],
            body: "the body")
        #expect(answer.status == 200)
        for line in ["method=POST", "real path=/a/b?q=1", "content-type=text/x", "x-own=yes", "\tthe body"] {
            #expect(answer.text.contains(line + "\n"))
        }
        #expect(answer.text.contains("x-forwarded-uri=/api/v1/namespaces/default/\(target)/a/b\n"))
        #expect(!answer.text.contains("secret"))
        #expect(!answer.text.contains("connection="))
    }

    @Test("what is encoded in a path or a query stays so, and so does the slash at the end")
    func encoded() {
        let path = "/api/v1/namespaces/default/pods/echo/proxy/a%2Fb//c/"
        #expect(send("GET", path, query: [("q", "a&b"), ("p", "1+1 =")]).text.contains("real path=/a%2Fb//c/?q=a%26b&p=1%2B1%20%3D\n"))
        #expect(send("GET", path, rawQuery: "q=a%26b&flag").text.contains("real path=/a%2Fb//c/?q=a%26b&flag\n"))
    }

    @Test("every method is passed on", arguments: ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
    func methods(method: String) {
        let answer = send(method, "/api/v1/namespaces/default/pods/echo/proxy/")
        #expect(answer.status == 200)
        #expect(answer.text.contains("method=\(method)\n"))
    }

    @Test("of resources only GET is a way to read, not HEAD", arguments: [("/api/v1/pods", 405), ("/apis", 405), ("/healthz", 200)])
    func head(path: String, status: Int) {
        #expect(send("HEAD", path).status == status)
    }
}
