import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("A kubelet's own server")
struct KubeletServerTests {
    private let cluster: SteppedCluster
    private let api: APIServer

    init() throws {
        cluster = try SteppedCluster()
        cluster.run(.seconds(1))
        _ = try cluster.runningPod("command: [sh, -c, 'echo hello; sleep infinity']")
        api = APIServer(cluster.parts)
    }

    private func get(_ path: String, _ query: [(name: String, value: String)] = [], method: String = "GET") -> (status: Int, text: String) {
        let request = APIRequest(
            method: method, path: "/api/v1/nodes/node-1/proxy/\(path)", query: query,
            clientCertificate: ClientIdentity(commonName: "admin", organizations: ["system:masters"]))
        let response = api.handle(request)
        guard case .bytes(let bytes) = response.body else { return (response.status, "") }
        return (response.status, String(decoding: bytes, as: UTF8.self))
    }

    private func json(_ path: String) throws -> JSONValue { try JSONParser.parse(Array(get(path).text.utf8)) }

    @Test("is well, knows its pods, and which of them run")
    func pods() throws {
        #expect(get("healthz").text == "ok")
        #expect(try json("pods")["items"]?.arrayValue?.contains { $0["metadata"]?["name"] == "p" } == true)
        let running = try json("runningpods")["items"]?.arrayValue?.first { $0["metadata"]?["name"] == "p" }
        #expect(running?["spec"]?["containers"]?[0]?["name"] == "c")
        #expect(try json("configz")["kubeletconfig"]?["clusterDomain"] == "cluster.local")
    }

    @Test("tells what containers use, children that have ended included, as metrics.k8s.io does")
    func statistics() throws {
        let work = "i=0; while [ \\$i -lt 200 ]; do i=\\$((i + 1)); done"
        _ = try cluster.runningPod("command: [sh, -c, 'while true; do sh -c \"\(work)\"; sleep 0.2; done']", name: "busy")
        cluster.run(.seconds(45))
        let pod = try json("stats/summary")["pods"]?.arrayValue?.first { $0["podRef"]?["name"] == "busy" }
        let cpu = pod?["containers"]?[0]?["cpu"]
        #expect(cpu?["usageNanoCores"]?.intValue ?? 0 > 200_000_000)
        let object = try #require(cluster.get(Resource.pods, "busy"))
        let usage = cluster.parts.nodes?.metrics(of: object)?["containers"]?[0]?["usage"]?["cpu"]?.stringValue
        #expect(usage == "\(cpu?["usageNanoCores"]?.intValue ?? 0)n")
        let text = get("metrics/resource").text
        #expect(text.contains("container_cpu_usage_seconds_total{container=\"c\",namespace=\"default\",pod=\"busy\"} "))
        #expect(get("metrics").text.contains("kubelet_node_name{node=\"node-1\"} 1\n"))
    }

    @Test("hands out logs of containers, and what lies in its log folder")
    func logs() {
        #expect(get("containerLogs/default/p/c", [("tailLines", "1")]).text == "hello\n")
        #expect(get("containerLogs/default/p/nosuch").status == 400)
        #expect(get("containerLogs/default/nosuch/c").status == 404)
        #expect(get("logs/").text.contains("<a href=\"pods/\">pods/</a>"))
        #expect(get("logs/../../etc/hostname").status == 404)
        #expect(get("nosuch").status == 404)
        #expect(get("pods", method: "POST").status == 405)
    }

    @Test("runs commands for those who upgrade the connection")
    func exec() throws {
        let headers = [(name: "upgrade", value: "websocket"), (name: "sec-websocket-protocol", value: "v4.channel.k8s.io")]
        let request = APIRequest(
            method: "GET", path: "/api/v1/nodes/node-1/proxy/exec/default/p/c",
            query: [("command", "echo"), ("command", "hi"), ("output", "1")], headers: headers,
            clientCertificate: ClientIdentity(commonName: "admin", organizations: ["system:masters"]))
        guard case .session(let session, protocol: "v4.channel.k8s.io") = api.handle(request).body else {
            Issue.record("no session")
            return
        }
        cluster.run(.seconds(1))
        #expect(session.outbound.drain().contains([1] + Array("hi\n".utf8)))
    }

    @Test("a machine that is off answers nobody")
    func off() {
        _ = cluster.parts.nodes?.setPower(false, of: "node-1")
        let answer = get("healthz")
        #expect(answer.status == 503)
        #expect(answer.text.contains(":10250: i/o timeout"))
    }
}
