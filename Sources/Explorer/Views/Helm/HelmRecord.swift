import KubernetesModel

/// A release's revision as it is written down: the JSON that Helm packs into a Secret.
nonisolated struct HelmRecord: Sendable {
    private(set) var json: JSONObject

    init(_ json: JSONObject) {
        self.json = json
    }

    /// The same chart and values as a new revision.
    func revision(_ number: Int, status: String, description: String, at now: Instant) -> HelmRecord {
        var record = self
        record.json["version"] = JSONValue(number)
        var info = json["info"]?.objectValue ?? [:]
        info["last_deployed"] = .string(KubernetesTime.seconds(now))
        info["deleted"] = ""
        record.json["info"] = .object(info)
        return record.with(status: status, description: description)
    }

    /// - Parameter description: nil leaves it as it is.
    func with(status: String, description: String? = nil, deleted: Instant? = nil) -> HelmRecord {
        var record = self
        var info = json["info"]?.objectValue ?? [:]
        info["status"] = .string(status)
        if let description { info["description"] = .string(description) }
        if let deleted { info["deleted"] = .string(KubernetesTime.seconds(deleted)) }
        record.json["info"] = .object(info)
        return record
    }

    /// The Secret that keeps it.
    /// - Parameter existing: the one to put it into, as the server has it; nil makes a new one.
    /// - Returns: nil when it can't be packed.
    func secret(replacing existing: KubernetesObject? = nil, at now: Instant) -> KubernetesObject? {
        guard let packed = Gzip.bytes(JSONWriter.compact(.object(json))) else { return nil }
        let name = json["name"]?.stringValue ?? ""
        let version = json["version"]?.intValue ?? 0
        var secret = existing?.json ?? ["apiVersion": "v1", "kind": "Secret", "type": "helm.sh/release.v1"]
        var metadata =
            secret["metadata"]?.objectValue ?? [
                "name": .string("sh.helm.release.v1.\(name).v\(version)"), "namespace": json["namespace"] ?? "default",
            ]
        var labels = metadata["labels"]?.objectValue ?? [:]
        labels["name"] = .string(name)
        labels["owner"] = "helm"
        labels["version"] = .string("\(version)")
        labels["status"] = json["info"]?["status"] ?? "unknown"
        labels["modifiedAt"] = .string("\(now.seconds)")
        metadata["labels"] = .object(labels)
        secret["metadata"] = .object(metadata)
        secret["data"] = ["release": .string(Base64.encode(Array(Base64.encode(packed).utf8)))]
        return KubernetesObject(secret)
    }
}
