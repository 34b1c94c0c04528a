import KubernetesModel
import SimulatedClusterServer
import Testing

@testable import KubernetesClient

/// The client against the simulated cluster, over TLS.
@Suite("Client and cluster", .timeLimit(.minutes(1)))
struct LiveClusterTests {
    private static let configMaps = GroupVersionResource(resource: "configmaps")

    private static func configMap(_ name: String, _ value: String) -> KubernetesObject {
        KubernetesObject(
            [
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": ["key": .string(value)],
            ] as JSONObject)
    }

    @Test("objects are created, read, changed, listed and deleted", arguments: [true, false])
    func objects(allowsHTTP2: Bool) async throws {
        try await LiveCluster.with(allowsHTTP2: allowsHTTP2) { client in
            let created = try await client.create(Self.configMap("settings", "1"), as: Self.configMaps, namespace: "default")
            #expect(created.uid != "")
            let patch = Patch.merge(["data": ["key": "2"]])
            _ = try await client.patch(Self.configMaps, namespace: "default", name: "settings", with: patch)
            var read = try await client.get(Self.configMaps, namespace: "default", name: "settings")
            #expect(read["data", "key"] == "2")
            read["data", "key"] = "3"
            let updated = try await client.update(read, as: Self.configMaps, namespace: "default", name: "settings")
            let list = try await client.list(Self.configMaps, namespace: "default", fieldSelector: "metadata.name=settings")
            #expect(list.items.map(\.kind) == ["ConfigMap"])
            #expect(list.items.first?["data", "key"] == "3")
            #expect(list.items.first?.metadata.resourceVersion == updated.metadata.resourceVersion)
            try await client.delete(Self.configMaps, namespace: "default", name: "settings")
            let error = await #expect(throws: ClientError.self) {
                try await client.get(Self.configMaps, namespace: "default", name: "settings")
            }
            #expect(error?.description == #"Can't read configmaps/settings in namespace default: configmaps "settings" not found (404)"#)
        }
    }

    @Test("an update from an old version is a conflict that says so")
    func conflict() async throws {
        try await LiveCluster.with { client in
            let old = try await client.create(Self.configMap("settings", "1"), as: Self.configMaps, namespace: "default")
            _ = try await client.patch(Self.configMaps, namespace: "default", name: "settings", with: .merge(["data": ["key": "2"]]))
            let error = await #expect(throws: ClientError.self) {
                try await client.update(old, as: Self.configMaps, namespace: "default", name: "settings")
            }
            #expect(error?.statusCode == 409)
            #expect(
                error?.description.hasPrefix(
                    "Can't update configmaps/settings in namespace default: somebody changed it in the meantime (409)") == true)
        }
    }

    @Test("a reflector sees what exists, then each change", arguments: [true, false])
    func reflector(allowsHTTP2: Bool) async throws {
        try await LiveCluster.with(allowsHTTP2: allowsHTTP2) { client in
            _ = try await client.create(Self.configMap("a", "1"), as: Self.configMaps, namespace: "default")
            var told: [String] = []
            reading: for await batch in client.reflect(ReflectorScope(Self.configMaps, namespace: "default")) {
                for event in batch {
                    switch event {
                    case .restarting: told.append("restarting")
                    case .initial(let object) where object.name == "a": told.append("initial \(object.kind)")
                    case .ready:
                        told.append("ready")
                        _ = try await client.create(Self.configMap("b", "1"), as: Self.configMaps, namespace: "default")
                        try await client.delete(Self.configMaps, namespace: "default", name: "b")
                    case .applied(let object): told.append("applied \(object.name)")
                    case .deleted(let object):
                        told.append("deleted \(object.name)")
                        break reading
                    default: break
                    }
                }
            }
            #expect(told == ["restarting", "initial ConfigMap", "ready", "applied b", "deleted b"])
        }
    }

    @Test(
        "of metadata nothing more comes, in the list and in the watch, and who manages it where that is asked for",
        arguments: [true, false])
    func metadata(managed: Bool) async throws {
        try await LiveCluster.with { client in
            _ = try await client.create(Self.configMap("a", "1"), as: Self.configMaps, namespace: "default")
            var told: [KubernetesObject] = []
            let scope = ReflectorScope(
                Self.configMaps, namespace: "default", fieldSelector: "metadata.name=a", detail: managed ? .managedMetadata : .metadata)
            reading: for await batch in client.reflect(scope) {
                for event in batch {
                    switch event {
                    case .initial(let object): told.append(object)
                    case .ready:
                        _ = try await client.patch(
                            Self.configMaps, namespace: "default", name: "a", with: .merge(["metadata": ["labels": ["x": "y"]]]))
                    case .applied(let object):
                        told.append(object)
                        break reading
                    default: break
                    }
                }
            }
            #expect(told.map(\.name) == ["a", "a"])
            #expect(told.map { $0.metadata.labels["x"] } == [nil, "y"])
            for object in told {
                #expect(object["data"] == nil)
                #expect((object["metadata", "managedFields"] != nil) == managed)
            }
        }
    }

    @Test("a cluster is asked what it serves")
    func discovery() async throws {
        try await LiveCluster.with { client in
            let discovery = try await client.discover()
            #expect(discovery.serverVersion == "v1.36.2")
            let deployments = try #require(discovery.catalog.resource(named: "deploy"))
            #expect(deployments.gvk == GroupVersionKind(group: "apps", version: "v1", kind: "Deployment"))
            #expect(deployments.isNamespaced)
            #expect(deployments.subresource("scale")?.group == "autoscaling")
            #expect(deployments.columns.first?.name == "Name")
        }
    }

    @Test("a server whose authority isn't trusted gets no request")
    func untrusted() async throws {
        let other = try await LiveCluster.start()
        try await LiveCluster.with({ $0.tls.certificateAuthority = other.configuration.tls.certificateAuthority }) { client in
            let error = await #expect(throws: ClientError.self) { try await client.list(Self.configMaps) }
            #expect(error?.cause == .tls(.untrusted))
        }
        await other.server.stop()
    }

    @Test("tls-server-name is what the certificate is verified against, whatever the address")
    func serverName() async throws {
        let cluster = try await LiveCluster.start()
        let relay = try await Relay.start(to: cluster.server.port)
        var configuration = cluster.configuration
        (configuration.server.host, configuration.server.port) = (Relay.host, relay.port)
        let nameless = ClusterClient(configuration, allowsHTTP2: true)
        let error = await #expect(throws: ClientError.self) { try await nameless.list(Self.configMaps) }
        guard case .tls(.wrongName)? = error?.cause else {
            Issue.record("the certificate does not name \(Relay.host), and yet: \(error.map { "\($0)" } ?? "no error")")
            return
        }
        configuration.tls.serverName = "localhost"
        let named = ClusterClient(configuration, allowsHTTP2: true)
        _ = try await named.list(Self.configMaps)
        for client in [nameless, named] { await client.shutdown() }
        await relay.stop()
        await cluster.server.stop()
    }

    @Test("credentials that are refused are an error to log in for")
    func unauthorized() async throws {
        try await LiveCluster.with({ $0.credentials = .init(login: .token(Secret("stale"))) }) { client in
            let error = await #expect(throws: ClientError.self) { try await client.list(Self.configMaps) }
            #expect(error?.statusCode == 401)
            #expect(error?.description.contains("stale") == false)
        }
    }

    @Test("somebody impersonated has only their own rights")
    func impersonation() async throws {
        try await LiveCluster.with({ $0.impersonation = .init(user: "eve", groups: ["guests"]) }) { client in
            let error = await #expect(throws: ClientError.self) { try await client.list(Self.configMaps, namespace: "default") }
            #expect(error?.isForbidden == true)
            #expect(error?.description.contains(#"User "eve" cannot list resource "configmaps""#) == true)
        }
    }

    @Test("requests of any kind can be made")
    func raw() async throws {
        try await LiveCluster.with { client in
            let answer = try await client.raw("GET", "/version")
            #expect(answer.status == 200)
            #expect(try JSONParser.parse(answer.bytes)["major"] == "1")
        }
    }

    @Test("the log or a command of a pod that doesn't exist is a clear error")
    func missingPod() async throws {
        try await LiveCluster.with { client in
            let log = await #expect(throws: ClientError.self) { try await client.logs(pod: "nope", namespace: "default") }
            #expect(log?.description == #"Can't read the log of pods/nope in namespace default: pods "nope" not found (404)"#)
            let command = await #expect(throws: ClientError.self) { try await client.run(["ls"], pod: "nope", namespace: "default") }
            #expect(command?.description == #"Can't run a command in pods/nope in namespace default: pods "nope" not found (404)"#)
        }
    }
}
