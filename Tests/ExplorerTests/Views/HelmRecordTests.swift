import KubernetesModel
import Testing

@testable import Explorer

@Suite("Helm releases written down")
struct HelmRecordTests {
    private static let now = Instant(seconds: 1_800_000_000)
    private let record = HelmRecord([
        "name": "cart", "namespace": "shop", "version": 2, "manifest": "kind: Pod\n", "config": ["replicas": 2],
        "info": ["status": "superseded", "first_deployed": "2026-01-01T00:00:00Z", "notes": "hello"], "hooks": [["name": "migrate"]],
        "unknown": "kept",
    ])

    @Test("a revision goes into its Secret and comes out again as it was")
    func roundTrip() throws {
        let secret = try #require(record.secret(at: Self.now))
        #expect(secret.name == "sh.helm.release.v1.cart.v2")
        #expect(secret["type"] == "helm.sh/release.v1")
        #expect(
            secret.metadata.labels == ["name": "cart", "owner": "helm", "version": "2", "status": "superseded", "modifiedAt": "1800000000"])
        let release = try #require(HelmRelease(secret: secret))
        #expect(release.record.json == record.json)
        #expect(release.hooks == ["migrate"])
    }

    @Test("rolled back to, it is a new revision with the same chart and values")
    func newRevision() throws {
        let next = record.revision(5, status: "pending-rollback", description: "Rollback to 2", at: Self.now)
        let release = try #require(next.secret(at: Self.now).flatMap(HelmRelease.init))
        #expect([release.status, release.description, release.notes] == ["pending-rollback", "Rollback to 2", "hello"])
        #expect(release.revision == 5)
        #expect(release.deployed == Self.now)
        #expect(release.values == ["replicas": 2])
        #expect(release.record.json["info"]?["first_deployed"] == "2026-01-01T00:00:00Z")
        #expect(release.record.json["unknown"] == "kept")
    }

    @Test("the Secret that is changed keeps its version, so that nobody else's change is lost")
    func replacing() throws {
        let fields: JSONObject = [
            "kind": "Secret",
            "metadata": ["name": "sh.helm.release.v1.cart.v2", "resourceVersion": "7", "labels": ["extra": "x", "status": "deployed"]],
        ]
        let existing = KubernetesObject(fields)
        let secret = try #require(record.with(status: "uninstalled", deleted: Self.now).secret(replacing: existing, at: Self.now))
        #expect(secret.metadata.resourceVersion == "7")
        #expect(secret.metadata.labels["extra"] == "x")
        #expect(secret.metadata.labels["status"] == "uninstalled")
    }

    @Test("what a chart wants kept is kept")
    func kept() {
        #expect(KubernetesObject(["metadata": ["annotations": ["helm.sh/resource-policy": "keep"]]]).isKeptByHelm)
        #expect(!KubernetesObject(["metadata": ["name": "a"]]).isKeptByHelm)
    }
}
