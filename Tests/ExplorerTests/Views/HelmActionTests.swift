import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

@Suite("Helm releases rolled back and uninstalled", .timeLimit(.minutes(1)))
struct HelmActionTests {
    private static func manifest(image: String, configMap: String) -> String {
        """
        ---
        # Source: web/templates/all.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: \(configMap)}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: kept, annotations: {helm.sh/resource-policy: keep}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: app, image: '\(image)'}]}
        """
    }

    private static func release(_ revision: Int, _ status: String, image: String, configMap: String) throws -> KubernetesObject {
        let record = HelmRecord(
            [
                "name": "web", "namespace": "default", "version": JSONValue(revision),
                "manifest": .string(manifest(image: image, configMap: configMap)),
                "info": ["status": .string(status)], "chart": ["metadata": ["name": "web", "version": .string("1.0.\(revision)")]],
                "hooks": [["name": "migrate"]],
            ] as JSONObject)
        return try #require(record.secret(at: Instant(seconds: 0)))
    }

    /// A cluster in which the second revision is deployed, scaled by hand.
    private func withReleases(_ body: (ServedShell, HelmRelease) async throws -> Void) async throws {
        try await ServedShell.with { served in
            let first = try Self.release(1, "superseded", image: "nginx:1.26", configMap: "first")
            try await served.create([first, try Self.release(2, "deployed", image: "nginx:1.27", configMap: "second")])
            let objects = try YAML.parse(Self.manifest(image: "nginx:1.27", configMap: "second")).compactMap { KubernetesObject($0) }
            try await served.create(
                objects.map { object in
                    var json = object.json
                    var metadata = json["metadata"]?.objectValue ?? [:]
                    metadata["namespace"] = "default"
                    json["metadata"] = .object(metadata)
                    return KubernetesObject(json)
                })
            _ = try await served.client.patch(
                GroupVersionResource(group: "apps", version: "v1", resource: "deployments"), namespace: "default", name: "web",
                with: .merge(["spec": ["replicas": 3]]))
            try await body(served, try #require(HelmRelease(secret: first)))
        }
    }

    private func status(_ revision: Int, _ served: ServedShell) async throws -> String? {
        let secret = try await served.get("secrets", "sh.helm.release.v1.web.v\(revision)")
        return secret.flatMap(HelmRelease.init)?.status
    }

    private func statuses(_ revisions: [Int], _ served: ServedShell) async throws -> [String?] {
        var statuses: [String?] = []
        for revision in revisions { statuses.append(try await status(revision, served)) }
        return statuses
    }

    @Test("the wanted revision's objects come back, what came since goes, what was changed by hand stays, and it is a new revision")
    func rollBack() async throws {
        try await withReleases { served, first in
            HelmAction.rollBack(to: first, in: served.shell)
            await served.settle()
            let picture = served.shell.picture(width: 120, height: 50)
            #expect(picture.contains("It becomes revision 3."))
            #expect(picture.contains("Objects: 1 created, 1 changed, 1 deleted."))
            #expect(picture.contains("Its hooks are not run: migrate."))
            #expect(picture.contains("image: nginx:1.26"))
            served.shell.press("y")
            await served.settle()
            #expect(served.shell.flash?.level == .info, "\(served.shell.flash?.text ?? "")")
            let webFound = try await served.get("deployments", "web")
            let web = try #require(webFound)
            #expect(web.spec["template"]?["spec"]?["containers"]?[0]?["image"] == "nginx:1.26")
            #expect(web.spec["replicas"] == 3)
            let firstFound = try await served.get("configmaps", "first")
            #expect(firstFound != nil)
            let secondFound = try await served.get("configmaps", "second")
            #expect(secondFound == nil)
            let found = try await statuses([1, 2, 3], served)
            #expect(found == ["superseded", "superseded", "deployed"])
        }
    }

    @Test("a rollback that fails says so in the release, and the revision before stays deployed")
    func failure() async throws {
        try await withReleases { served, _ in
            let broken = try #require(HelmRelease(secret: try Self.release(1, "superseded", image: "", configMap: "first")))
            HelmAction.rollBack(to: broken, in: served.shell)
            await served.settle()
            served.shell.press("y")
            await served.settle()
            #expect(served.shell.flash?.level == .error)
            let found = try await statuses([2, 3], served)
            #expect(found == ["deployed", "failed"])
        }
    }

    @Test("uninstalling takes the objects and the history, and leaves what the chart wants kept")
    func uninstall() async throws {
        try await withReleases { served, first in
            HelmAction.uninstall(first, in: served.shell)
            await served.settle()
            #expect(served.shell.picture(width: 120, height: 40).contains("2 objects are deleted."))
            served.shell.press("y")
            await served.settle()
            let webFound = try await served.get("deployments", "web")
            #expect(webFound == nil)
            let secondFound = try await served.get("configmaps", "second")
            #expect(secondFound == nil)
            let keptFound = try await served.get("configmaps", "kept")
            #expect(keptFound != nil)
            let found = try await statuses([1, 2], served)
            #expect(found == [nil, nil])
        }
    }

    @Test("the history can be kept")
    func keepingHistory() async throws {
        try await withReleases { served, first in
            HelmAction.uninstall(first, in: served.shell)
            await served.settle()
            served.shell.press("Ctrl-O", "y")
            await served.settle()
            let webFound = try await served.get("deployments", "web")
            #expect(webFound == nil)
            let found = try await statuses([1, 2], served)
            #expect(found == ["superseded", "uninstalled"])
        }
    }

    @Test("what has gone meanwhile is told, and so is what the server does not allow")
    func gone() async throws {
        try await withReleases { served, first in
            served.shell.session.rights.review = { _, review in
                let attributes = review.spec["resourceAttributes"]
                let isAllowed = attributes?["resource"]?.stringValue != "deployments"
                return KubernetesObject(["status": ["allowed": .bool(isAllowed), "reason": ""]])
            }
            HelmAction.uninstall(first, in: served.shell)
            await served.settle()
            #expect(served.shell.flash?.text == "You may not delete deployments.apps in namespace default")
            for revision in [1, 2] {
                try await served.client.delete(
                    GroupVersionResource(resource: "secrets"), namespace: "default", name: "sh.helm.release.v1.web.v\(revision)")
            }
            HelmAction.uninstall(first, in: served.shell)
            await served.settle()
            #expect(served.shell.flash?.text == "The history of web is gone")
        }
    }
}

@Suite("The lists of Helm releases", .timeLimit(.minutes(1)))
struct HelmListTests {
    private static func release(_ revision: Int, _ status: String) throws -> KubernetesObject {
        let record = HelmRecord(
            [
                "name": "web", "namespace": "default", "version": JSONValue(revision), "info": ["status": .string(status)],
                "chart": ["metadata": ["name": "web", "version": .string("1.0.\(revision)")]], "config": ["replicas": JSONValue(revision)],
            ] as JSONObject)
        return try #require(record.secret(at: Instant(seconds: 0)))
    }

    private func wait(_ served: ServedShell, for text: String) async {
        await until(in: served.shell) { served.shell.picture(width: 100, height: 20).contains(text) }
    }

    @Test("a new revision takes the old one's place, with what its Secret holds, and its values can be read")
    func follow() async throws {
        try await ServedShell.with { served in
            try await served.create([try Self.release(1, "deployed")])
            served.shell.run(command: "helm all")
            await wait(served, for: "web-1.0.1")
            try await served.create([try Self.release(2, "failed")])
            await wait(served, for: "web-1.0.2")
            #expect(!served.shell.picture(width: 100, height: 20).contains("web-1.0.1"))
            served.shell.press("v")
            await served.settle()
            #expect(served.shell.picture(width: 100, height: 20).contains("replicas: 2"))
        }
    }
}
