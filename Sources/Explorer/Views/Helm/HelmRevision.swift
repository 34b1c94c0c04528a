import KubernetesClient
import KubernetesModel

/// What a list tells of one revision of a release.
nonisolated struct HelmRevision: Sendable, Hashable {
    let name: String
    let namespace: String
    let revision: Int
    let status: String
    let chart: String
    let appVersion: String
    let description: String
    let deployed: Instant?
    /// The Secret that keeps it.
    let secret: String

    /// - Parameters:
    ///   - json: what the Secret holds.
    ///   - secret: tells what that leaves out.
    init(_ json: JSONValue, in secret: KubernetesObject) {
        let info = json["info"]
        let metadata = json["chart"]?["metadata"]
        name = json["name"]?.stringValue ?? secret.metadata.labels["name"] ?? secret.name
        namespace = json["namespace"]?.stringValue ?? secret.namespace ?? ""
        revision = json["version"]?.intValue ?? 0
        status = info?["status"]?.stringValue ?? secret.metadata.labels["status"] ?? "unknown"
        chart = "\(metadata?["name"]?.stringValue ?? "?")-\(metadata?["version"]?.stringValue ?? "?")"
        appVersion = metadata?["appVersion"]?.stringValue ?? ""
        description = info?["description"]?.stringValue ?? ""
        deployed = info?["last_deployed"]?.stringValue.flatMap(KubernetesTime.parse)
        self.secret = secret.name
    }

    /// Of a Secret whose content can't be read: what its labels tell.
    init(labelsOf secret: KubernetesObject) {
        let labels = secret.metadata.labels
        name = labels["name"] ?? secret.name
        namespace = secret.namespace ?? ""
        revision = labels["version"].flatMap { Int($0) } ?? 0
        status = "unreadable"
        let said = labels["status"].map { " (\($0), its labels say)" } ?? ""
        (chart, appVersion, description, deployed) = ("?", "", "It can't be read\(said)", nil)
        self.secret = secret.name
    }
}

/// Reads the revisions that lists show, each once for every version of its Secret: they are large, so nothing more than a line is kept.
actor HelmReader {
    private struct Known {
        let version: String
        let revision: HelmRevision
    }

    private static let secrets = GroupVersionResource(resource: "secrets")
    private static let requestsAtOnce = 8

    private let client: ClusterClient
    private var known: [ObjectKey: Known] = [:]

    init(_ client: ClusterClient) {
        self.client = client
    }

    /// What follows the Secrets of releases, without what they hold.
    /// - Parameter name: of one release; nil stands for all.
    static func scope(namespace: String?, name: String? = nil) -> ReflectorScope {
        ReflectorScope(
            secrets, namespace: namespace, labelSelector: "owner=helm" + (name.map { ",name=\($0)" } ?? ""),
            fieldSelector: "type=helm.sh/release.v1", detail: .metadata
        )
    }

    /// - Parameter secrets: their metadata.
    /// - Returns: what they hold, in the same order, without those that have gone.
    func revisions(of secrets: [KubernetesObject]) async throws -> [HelmRevision] {
        var missing = secrets.filter { known[$0.key]?.version != $0.metadata.resourceVersion }[...]
        while !missing.isEmpty {
            let batch = missing.prefix(Self.requestsAtOnce)
            missing = missing.dropFirst(batch.count)
            try await withThrowingTaskGroup(of: (KubernetesObject, HelmRevision?).self) { group in
                for secret in batch {
                    group.addTask { [client] in (secret, try await Self.read(secret, client)) }
                }
                for try await (secret, revision) in group {
                    known[secret.key] = revision.map { Known(version: secret.metadata.resourceVersion, revision: $0) }
                }
            }
        }
        return secrets.compactMap { known[$0.key]?.revision }
    }

    private static func read(_ metadata: KubernetesObject, _ client: ClusterClient) async throws -> HelmRevision? {
        do {
            let secret = try await client.get(secrets, namespace: metadata.namespace, name: metadata.name)
            return HelmRelease(secret: secret)?.line ?? HelmRevision(labelsOf: metadata)
        } catch {
            guard error.isNotFound else { throw error }
            return nil
        }
    }
}
