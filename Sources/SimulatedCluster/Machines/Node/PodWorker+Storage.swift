import KubernetesModel

/// Ends a pod that writes more than it may.
extension PodWorker {
    private static let storageInterval = Duration.seconds(10)

    /// Looks from time to time, where there is a limit at all.
    func watchStorage() {
        guard !limitedVolumes.isEmpty || containers.contains(where: { storageLimit(of: $0) != nil }) else { return }
        world.after(Self.storageInterval) { [weak self] in
            guard let self, phase == .running else { return }
            if let excess = storageExcess { evict(excess) }
            watchStorage()
        }
    }

    /// Ends the pod in favour of the node.
    func evict(_ message: String) {
        event(.warning, "Evicted", message, of: nil)
        fail("Evicted", message)
    }

    private var limitedVolumes: [(name: String, limit: JSONValue)] {
        (pod.spec["volumes"]?.arrayValue ?? []).compactMap { volume in
            volume["emptyDir"]?["sizeLimit"].map { (volume["name"]?.stringValue ?? "", $0) }
        }
    }

    private func storageLimit(of record: ContainerRecord) -> JSONValue? {
        record.spec["resources"]?["limits"]?["ephemeral-storage"]
    }

    private var storageExcess: String? {
        for (name, limit) in limitedVolumes {
            guard let tree = volumes?[name], let bytes = Quantity(limit)?.value, tree.size > bytes else { continue }
            return "Usage of EmptyDir volume \"\(name)\" exceeds the limit \"\(limit.stringValue ?? "")\". "
        }
        for record in containers {
            guard let limit = storageLimit(of: record), let bytes = Quantity(limit)?.value, record.root.size > bytes else { continue }
            return "Container \(record.name) exceeded its local ephemeral storage limit \"\(limit.stringValue ?? "")\". "
        }
        return nil
    }
}
