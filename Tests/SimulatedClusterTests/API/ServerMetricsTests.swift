import KubernetesModel
import Testing

@testable import SimulatedCluster

@Suite("What the API server tells of itself")
struct ServerMetricsTests {
    private let cluster = TestAPI()

    @Test("requests are counted by what they were and how they ended, objects by kind, watches while they are open")
    func metrics() async {
        for name in ["a", "a"] { _ = await cluster.configMap(name) }
        let watch = await cluster.watch("/api/v1/configmaps?watch=1")
        let answer = await cluster.send("GET", "/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let lines = answer.text.split(separator: "\n")
        func request(_ code: Int, _ verb: String, _ scope: String) -> String {
            "apiserver_request_total{code=\"\(code)\",component=\"apiserver\",dry_run=\"\",group=\"\",resource=\"configmaps\","
                + "scope=\"\(scope)\",subresource=\"\",verb=\"\(verb)\",version=\"v1\"} 1"
        }
        for line in [request(201, "POST", "namespace"), request(409, "POST", "namespace"), request(200, "WATCH", "cluster")] {
            #expect(lines.contains { $0 == line })
        }
        let open = "apiserver_longrunning_requests{component=\"apiserver\",group=\"\",resource=\"configmaps\",verb=\"WATCH\"} 1"
        #expect(lines.contains { $0 == open })
        #expect(lines.contains { $0.hasPrefix("apiserver_storage_objects{resource=\"configmaps\"} ") })
        #expect(lines.contains { $0.hasPrefix("process_resident_memory_bytes ") })
        watch?.finish()
        #expect(await !cluster.send("GET", "/metrics").text.contains("apiserver_longrunning_requests"))
    }

    @Test("the parts of the control plane are healthy, and listing them is out of fashion")
    func components() async {
        let list = await cluster.send("GET", "/api/v1/componentstatuses")
        #expect(list.headers["warning"] == "299 - \"v1 ComponentStatus is deprecated in v1.19+\"")
        let names = list.json["items"]?.arrayValue?.compactMap { $0["metadata"]?["name"]?.stringValue }
        #expect(names == ["controller-manager", "scheduler", "etcd-0"])
        let one = await cluster.send("GET", "/api/v1/componentstatuses/etcd-0")
        #expect(one.json["conditions"]?[0]?["type"] == "Healthy")
        #expect(await cluster.send("GET", "/api/v1/componentstatuses/nosuch").status == 404)
        let chosen = await cluster.send("GET", "/api/v1/componentstatuses?fieldSelector=metadata.name%3Dscheduler")
        #expect(chosen.json["items"]?.arrayValue?.count == 1)
        let table = await cluster.send(
            "GET", "/api/v1/componentstatuses", headers: [("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")])
        #expect(table.json["rows"]?[0]?["cells"] == ["controller-manager", "Healthy", "ok", ""])
    }
}
