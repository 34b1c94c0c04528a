import KubernetesModel

/// What new objects of some kinds get from the server: labels, finalizers, parts of their status.
enum Preparation {
    static func pod(_ object: inout KubernetesObject) {
        object["status", default: [:]]["qosClass"] = .string(QualityOfService.of(pod: object.json).rawValue)
    }

    static func namespace(_ object: inout KubernetesObject) {
        object.json.modifyOrCreate("spec") { spec in
            if !spec.strings("finalizers").contains("kubernetes") { spec.append("kubernetes", to: "finalizers") }
        }
    }

    static func claim(_ object: inout KubernetesObject) {
        object.addFinalizer("kubernetes.io/pvc-protection")
        object.json.modify("spec") { ClaimSources.prepare(&$0) }
    }

    static func volume(_ object: inout KubernetesObject) {
        object.addFinalizer("kubernetes.io/pv-protection")
        let time = object.metadata.creationTimestamp
        object.json.modify("status") { $0["lastPhaseTransitionTime"] = time.map(JSONValue.string) }
    }

    static func slice(_ object: inout KubernetesObject) {
        let time = object.metadata.creationTimestamp.map(JSONValue.string)
        object.json.modify("spec") { spec in
            spec.modifyEach("devices") { device in
                device.modifyEach("taints") { taint in if let time { taint.setDefault("timeAdded", time) } }
            }
        }
    }

    static func definition(_ object: inout KubernetesObject) {
        let storage = object.spec["versions"]?.arrayValue?.first { $0["storage"] == true }?["name"]
        if let storage { object["status", default: [:]]["storedVersions"] = .array([storage]) }
    }
}

/// How often the template of a DaemonSet changed, where it is still kept for clients of the oldest version.
enum TemplateGeneration {
    static let annotation = "deprecated.daemonset.template.generation"

    static func begin(_ object: inout KubernetesObject) {
        object.metadata.annotations[annotation] = "1"
    }

    static func count(_ object: inout KubernetesObject, from old: KubernetesObject) {
        let before = Int(old.metadata.annotations[annotation] ?? "") ?? 1
        let isChanged = object.spec["template"] != old.spec["template"]
        object.metadata.annotations[annotation] = String(isChanged ? before &+ 1 : before)
    }
}

extension KubernetesObject {
    fileprivate mutating func addFinalizer(_ name: String) {
        json.modifyOrCreate("metadata") { metadata in
            if !metadata.strings("finalizers").contains(name) { metadata.append(.string(name), to: "finalizers") }
        }
    }
}
