import KubernetesModel
import KubernetesSemantics
import Testing

@Suite("Records of a cluster")
struct ClusterZoneTests {
    let zone = ClusterZone(
        services: [
            Fixture.service("web", ["clusterIP": "10.96.0.20", "selector": ["app": "web"], "ports": [["name": "http", "port": 80]]]),
            Fixture.service("db", ["clusterIP": "None", "ports": [["name": "sql", "port": 5432]]]),
            Fixture.service("idle", ["clusterIP": "None"]),
            Fixture.service("mail", ["type": "ExternalName", "externalName": "mail.example.com"]),
        ],
        slices: [
            Fixture.slice(
                of: "db", ports: [["name": "sql", "port": 5432]],
                [
                    ["addresses": ["10.0.0.1"], "hostname": "db-0"], ["addresses": ["10.0.0.2"]],
                    ["addresses": ["10.0.0.3"], "conditions": ["ready": false]],
                ])
        ],
        namespaces: ["shop"]
    )

    func data(_ name: String, _ type: ClusterZone.RecordType = .a) -> [String] {
        if case .records(let records) = zone.answer(name, type) { records.map(\.data) } else { [] }
    }

    @Test("a Service answers with its address, a headless one with its ready endpoints'")
    func addresses() {
        #expect(data("web.shop.svc.cluster.local") == ["10.96.0.20"])
        #expect(data("WEB.shop.svc.cluster.local") == ["10.96.0.20"])
        #expect(data("db.shop.svc.cluster.local") == ["10.0.0.1", "10.0.0.2"])
    }

    @Test("endpoints have names of their own")
    func hosts() {
        #expect(data("db-0.db.shop.svc.cluster.local") == ["10.0.0.1"])
        #expect(data("10-0-0-2.db.shop.svc.cluster.local") == ["10.0.0.2"])
    }

    @Test("ports are found by SRV")
    func ports() {
        #expect(data("_http._tcp.web.shop.svc.cluster.local", .srv) == ["0 100 80 web.shop.svc.cluster.local"])
        #expect(
            data("_sql._tcp.db.shop.svc.cluster.local", .srv) == [
                "0 100 5432 db-0.db.shop.svc.cluster.local", "0 100 5432 10-0-0-2.db.shop.svc.cluster.local",
            ])
    }

    @Test("an external name is an alias, whatever is asked")
    func external() {
        #expect(data("mail.shop.svc.cluster.local") == ["mail.example.com"])
    }

    @Test(
        "what does not exist is told with the reason",
        arguments: [
            ("nope.shop.svc.cluster.local", "there is no Service nope in namespace shop"),
            ("web.nowhere.svc.cluster.local", "there is no namespace nowhere"),
            ("idle.shop.svc.cluster.local", "headless Service shop/idle has no ready endpoint"),
        ])
    func missing(_ name: String, reason: String) {
        #expect(zone.answer(name, .a) == .noSuchName(reason: reason))
    }

    @Test("a name without a record of the type is no missing name, and other domains are not ours")
    func others() {
        #expect(zone.answer("web.shop.svc.cluster.local", .aaaa) == .noData)
        #expect(zone.answer("example.com", .a) == .notInZone)
    }
}
