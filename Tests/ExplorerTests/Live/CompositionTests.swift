import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

/// Views that put several kinds together, over reflectors that tell what a test prepared. The client behind them reaches nobody.
@Suite("What is put together from what is watched", .timeLimit(.minutes(1)))
struct CompositionTests {
    private static func pod(_ name: String, image: String) -> KubernetesObject {
        KubernetesObject([
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name), "namespace": "shop", "uid": .string(name)],
            "spec": ["containers": [["name": "app", "image": .string(image)]], "serviceAccountName": "runner"],
            "status": ["phase": "Running", "containerStatuses": [["name": "app", "ready": true]]],
        ])
    }

    private static let forbidden = ReflectorEvent.degraded(
        ClientError(.list, .init(GroupVersionResource(resource: "secrets")), cause: .status(ServerStatus(code: 403, reason: "Forbidden"))),
        retryIn: .seconds(30))
    private static let lost = ReflectorEvent.degraded(ClientError(.watch, cause: .closedEarly), retryIn: .seconds(1))

    /// - Parameter events: what is told of a resource after its list, which is empty where nothing is said of it.
    private func shell(_ events: [String: [ReflectorEvent]]) throws -> Shell {
        let shell = try TestShell.make(screen: WordScreen())
        shell.session.connection = .live
        shell.session.reflect = { scope in
            let told = events[scope.resource.resource] ?? [.restarting, .ready(resourceVersion: "1")]
            return ReflectorStream(told.map { [$0] })
        }
        return shell
    }

    private func picture(_ shell: Shell, showing text: String, without other: String? = nil) async -> String {
        var picture = ""
        await until(in: shell) {
            picture = shell.picture(width: 110, height: 30)
            return picture.contains(text) && other.map { !picture.contains($0) } ?? true
        }
        return picture
    }

    @Test("a list changes when the cluster does, without being asked for again")
    func changes() async throws {
        let (old, new) = (Self.pod("a", image: "web:1"), Self.pod("b", image: "web:2"))
        let shell = try shell(["pods": [.restarting, .initial(old), .ready(resourceVersion: "1"), .applied(new), .deleted(old)]])
        shell.run(command: "images")
        let picture = await picture(shell, showing: "web:2", without: "web:1")
        #expect(picture.contains("Images(shop)[1]"))
    }

    @Test("a tree follows what it is made of, and says of what nobody may see that it is left out, not that it is missing")
    func tree() async throws {
        var pod = Self.pod("a", image: "web:1")
        pod["spec", "volumes"] = [["name": "key", "secret": ["secretName": "key"]]]
        let shell = try shell([
            "pods": [.restarting, .initial(pod), .ready(resourceVersion: "1")], "secrets": [.restarting, Self.forbidden],
        ])
        shell.run(command: "xray pods")
        let picture = await picture(shell, showing: "secret key")
        #expect(picture.contains("without secrets: forbidden"))
        #expect(!picture.contains("secret key  ✗ missing"))
        #expect(picture.contains("serviceaccount runner  ✗ missing"))
    }

    @Test("what a lost cluster leaves stays, and the frame says how old it is")
    func stale() async throws {
        let pod = Self.pod("a", image: "web:1")
        let shell = try shell(["pods": [.restarting, .initial(pod), .ready(resourceVersion: "1"), Self.lost]])
        shell.run(command: "workloads")
        _ = await picture(shell, showing: "▸a ")
        let picture = await picture(shell, showing: "stale for")
        #expect(picture.contains("▸a "))
    }

    @Test("of a cluster that is lost from the beginning it is not said that nothing is there")
    func lostFromTheBeginning() async throws {
        let shell = try shell([:])
        shell.session.reflect = { _ in ReflectorStream([[.restarting, Self.lost]]) }
        shell.run(command: "workloads")
        let picture = await picture(shell, showing: "Can't watch")
        #expect(!picture.contains("Nothing runs here"))
    }

    @Test("a list that can't be had says why")
    func refused() async throws {
        let shell = try shell(["clusterroles": [.restarting, Self.forbidden]])
        shell.run(command: "users")
        _ = await picture(shell, showing: "forbidden")
    }

    @Test("of what only relates to others no more than the metadata is asked for")
    func metadata() async throws {
        let shell = try shell([:])
        var asked: [ReflectorScope] = []
        let reflect = shell.session.reflect
        shell.session.reflect = { scope in
            asked.append(scope)
            return reflect(scope)
        }
        shell.run(command: "helm")
        shell.run(command: "xray deploy")
        let secrets = asked.filter { $0.resource.resource == "secrets" }
        #expect(secrets.map(\.detail) == [.metadata, .metadata])
        #expect(secrets[0].labelSelector == "owner=helm")
    }

    @Test("pulse counts what is watched, of services those that nobody answers for")
    func pulse() async throws {
        var slice = KubernetesObject(
            [
                "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                "metadata": ["name": "cart-1", "namespace": "shop", "labels": ["kubernetes.io/service-name": "cart"]],
                "endpoints": [["conditions": ["ready": true]]],
            ] as JSONObject)
        let service = { (name: String) in
            KubernetesObject(
                [
                    "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name), "namespace": "shop"],
                    "spec": ["selector": ["app": .string(name)]],
                ] as JSONObject)
        }
        slice["metadata", "uid"] = "1"
        let shell = try shell([
            "services": [.restarting, .initial(service("cart")), .initial(service("void")), .ready(resourceVersion: "1")],
            "endpointslices": [.restarting, .initial(slice), .ready(resourceVersion: "1")],
            "persistentvolumes": [.restarting, Self.forbidden],
        ])
        shell.run(command: "pulse")
        let picture = await picture(shell, showing: "1 ok  ✗ 1")
        #expect(picture.contains("n/a"))
        #expect(picture.contains("without persistentvolumes: forbidden"))
    }

    @Test("where the screen has no room for all kinds pulse says how many more there are")
    func more() async throws {
        let shell = try shell([:])
        shell.run(command: "pulse")
        #expect(shell.picture(width: 80, height: 24).contains("▼ 6 more"))
        for _ in 0..<5 { shell.press(KeyPress(.down)) }
        #expect(shell.picture(width: 80, height: 24).contains("▲ 6 more"))
    }
}
