import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

/// Objects looked at in a cluster that nobody reaches any more.
@Suite("Objects of a lost cluster", .timeLimit(.minutes(1)))
struct LostClusterTests {
    private static let lost = ReflectorEvent.degraded(ClientError(.watch, cause: .closedEarly), retryIn: .seconds(1))

    private func describe(_ cluster: ShopCluster) async throws {
        cluster.shell.run(command: "pods")
        await cluster.settle([try #require(cluster.shell.screen as? TableScreen).model])
        await cluster.press("d")
        // Nobody listens where the test's cluster is said to be.
        await until { cluster.picture(100, 20).contains("stale for") }
    }

    @Test("what was not seen before is told as the table tells it, with its age and the reason")
    func row() async throws {
        let cluster = try ShopCluster()
        try await describe(cluster)
        let picture = cluster.picture(100, 20)
        #expect(picture.contains("Can't read pods/cart-6c5d8-9wq2z in namespace shop"))
        #expect(picture.contains("What the table told of it 0s ago:"))
        #expect(picture.contains("STATUS"))
        #expect(picture.contains("Running"))
    }

    @Test("a table opened after the loss is as old as the last answer of the cluster")
    func opened() async throws {
        let cluster = try ShopCluster()
        let session = cluster.shell.session
        session.reflect = { _ in ReflectorStream([[Self.lost]]) }
        session.connection = .lost(since: ShopCluster.now - .seconds(600), reason: "the server is away")
        cluster.shell.run(command: "pods")
        await until { cluster.picture(100, 20).contains("stale for 10m") }
        cluster.shell.run(command: "workloads")
        await until { cluster.picture(100, 20).contains("stale for 10m") }
    }

    @Test("header and frames count the age of the data from one moment, whatever the views have been told themselves")
    func oneMoment() async throws {
        let cluster = try ShopCluster()
        cluster.shell.run(command: "pods")
        await cluster.settle([try #require(cluster.shell.screen as? TableScreen).model])
        #expect(!cluster.picture(120, 20).contains("stale"))
        cluster.shell.session.connection = .lost(since: ShopCluster.now - .seconds(8), reason: "it did not answer in time")
        for command in ["pods", "workloads", "overview"] {
            cluster.shell.run(command: command)
            await until(in: cluster.shell) { cluster.picture(120, 20).contains("stale for 8s") }
            #expect(cluster.picture(120, 20).contains("✗ data 8s old: it did not answer in time"))
        }
        cluster.shell.session.connection = .live
        #expect(!cluster.picture(120, 20).contains("stale"))
    }

    @Test("what was seen before is shown as it was, with its age")
    func seen() async throws {
        let cluster = try ShopCluster()
        let pod = KubernetesObject(compactJSON: Array(ShopCluster.pod("cart-6c5d8-9wq2z", ready: true, age: 60).utf8))
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "pods"))
        let target = ObjectTarget(resource: resource, namespace: "shop", name: "cart-6c5d8-9wq2z")
        cluster.shell.session.seen.keep(pod, as: target, at: ShopCluster.now - .seconds(300))
        try await describe(cluster)
        let picture = cluster.picture(100, 20)
        #expect(picture.contains("stale for 5m"))
        #expect(picture.contains("shop/app:1"))
    }

    @Test("objects seen are kept up to a size, the latest ones")
    func bound() throws {
        let seen = SeenObjects()
        let resource = try #require(ResourceCatalog.builtIn.resource(named: "configmaps"))
        func target(_ number: Int) -> ObjectTarget { ObjectTarget(resource: resource, namespace: "shop", name: "c\(number)") }
        let large = KubernetesObject(["data": ["text": .string(String(repeating: "x", count: SeenObjects.limit / 3))]] as JSONObject)
        for number in 0..<4 { seen.keep(large, as: target(number), at: TestShell.noon) }
        #expect((0..<4).map { seen[target($0)] != nil } == [false, false, true, true])
    }
}
