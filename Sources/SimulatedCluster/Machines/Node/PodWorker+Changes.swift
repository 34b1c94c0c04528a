import KubernetesModel

/// What of a running pod may change: its images, and the resources of its containers.
extension PodWorker {
    func applyChanges() {
        for (list, records) in [("initContainers", initContainers), ("containers", containers)] {
            for (spec, record) in zip(pod.spec[list]?.arrayValue ?? [], records) where spec != record.spec {
                let old = record.spec
                record.spec = spec
                guard record.process != nil else { continue }
                if spec["image"] != old["image"] {
                    let message = "Container \(record.name) definition changed, will be restarted"
                    stop(record, because: message, grace: graceSeconds)
                } else if spec["resources"] != old["resources"] {
                    resize(record, from: old["resources"])
                }
            }
        }
    }

    /// The runtime follows a moment later; some containers want to begin anew for it.
    private func resize(_ record: ContainerRecord, from old: JSONValue?) {
        let changed = ["cpu", "memory"].filter { name in
            ["requests", "limits"].contains { old?[$0]?[name] != record.spec["resources"]?[$0]?[name] }
        }
        let policies = record.spec["resizePolicy"]?.arrayValue ?? []
        let wantsRestart = policies.contains {
            changed.contains($0["resourceName"]?.stringValue ?? "") && $0["restartPolicy"] == "RestartContainer"
        }
        if wantsRestart {
            stop(record, because: "Container \(record.name) resize requires restart", grace: graceSeconds)
        }
        let life = record.life
        world.after(.milliseconds(world.random.int(in: 400...1200))) { [weak self, weak record] in
            guard let self, let record, record.life == life || wantsRestart else { return }
            record.resources = record.spec["resources"]
            record.process?.setting.memoryLimit = Quantity(record.spec["resources"]?["limits"]?["memory"])?.value
            statusChanged()
        }
    }
}
