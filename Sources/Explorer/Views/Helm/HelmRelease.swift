import KubernetesModel

/// A revision of a Helm release, as Helm 3 keeps it in a Secret.
@dynamicMemberLookup
nonisolated struct HelmRelease: Sendable {
    /// What lists tell of it.
    let line: HelmRevision
    let manifest: String
    let notes: String
    /// What the person gave, and what the chart has for everything else.
    let values: JSONValue
    let chartValues: JSONValue
    /// Programs that Helm runs before and after; by their names.
    let hooks: [String]
    /// All of it, to be written down again.
    let record: HelmRecord

    /// - Parameter secret: of type `helm.sh/release.v1`; nil for one that can't be read.
    init?(secret: KubernetesObject) {
        // Base64 of Kubernetes around Helm's own, around gzip.
        guard let outer = secret["data"]?["release"]?.stringValue.flatMap(Base64.decode),
            let inner = Base64.decode(String(decoding: outer, as: UTF8.self)), let bytes = Gunzip.bytes(inner),
            let json = try? JSONParser.parse(bytes), let members = json.objectValue
        else { return nil }
        line = HelmRevision(json, in: secret)
        manifest = json["manifest"]?.stringValue ?? ""
        notes = json["info"]?["notes"]?.stringValue ?? ""
        values = json["config"] ?? [:]
        chartValues = json["chart"]?["values"] ?? [:]
        hooks = (json["hooks"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
        record = HelmRecord(members)
    }

    subscript<Value>(dynamicMember path: KeyPath<HelmRevision, Value>) -> Value { line[keyPath: path] }

    /// Takes them apart beside the main loop: they can be large.
    @concurrent static func decode(_ secrets: [KubernetesObject]) async -> [HelmRelease] {
        secrets.compactMap(HelmRelease.init)
    }

    /// Of each release the Secret of its newest revision, by their labels alone.
    static func newest(_ secrets: [KubernetesObject]) -> [KubernetesObject] {
        func revision(_ secret: KubernetesObject) -> Int { secret.metadata.labels["version"].flatMap { Int($0) } ?? 0 }
        return Dictionary(grouping: secrets) { ObjectKey(namespace: $0.namespace, name: $0.metadata.labels["name"] ?? $0.name) }
            .compactMapValues { $0.max { revision($0) < revision($1) } }.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The chart's values with the person's own over them.
    var allValues: JSONValue { Self.merged(chartValues, values) }

    private static func merged(_ base: JSONValue, _ own: JSONValue) -> JSONValue {
        guard case .object(var result) = base, case .object(let own) = own else { return own.isNull ? base : own }
        for (key, value) in own { result[key] = result[key].map { merged($0, value) } ?? value }
        return .object(result)
    }
}
