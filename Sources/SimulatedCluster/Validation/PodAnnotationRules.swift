import KubernetesModel

/// Annotations that say something about how a pod is run.
enum PodAnnotationRules {
    private static let mirror = "kubernetes.io/config.mirror"
    private static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"
    static let appArmor = "container.apparmor.security.beta.kubernetes.io/"

    static func validate(_ metadata: JSONObject, _ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let annotations = metadata.object("annotations") ?? [:]
        if let value = annotations[mirror], spec.string("nodeName").isEmpty {
            errors.invalid(path.key(mirror), value, "must set spec.nodeName if mirror pod annotation is set")
        }
        if let cost = annotations[deletionCost]?.stringValue, !isDeletionCost(cost) {
            errors.invalid(path.key(deletionCost), .string(cost), "must be a 32bit integer")
        }
        let names = ["initContainers", "containers", "ephemeralContainers"].flatMap { spec.objects($0).map { $0.string("name") } }
        for (key, value) in annotations.sorted(by: { $0.key < $1.key }) where key.hasPrefix(appArmor) {
            let name = String(key.dropFirst(appArmor.count))
            if !names.contains(name) { errors.invalid(path.key(key), .string(name), "container not found") }
            let profile = value.stringValue ?? ""
            if !["", "runtime/default", "unconfined"].contains(profile), !profile.hasPrefix("localhost/") {
                errors.invalid(path.key(key), .string(profile), "invalid AppArmor profile name: \(profile.goQuoted)")
            }
        }
    }

    /// A number without a plus or leading zeros.
    private static func isDeletionCost(_ text: String) -> Bool {
        text.isEmpty || Int32(text) != nil && !text.hasPrefix("+") && (text == "0" || !text.hasPrefix("0"))
    }

    static func validateUpdate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (after, before) = (annotations(new), annotations(old))
        let path = FieldPath.metadata["annotations"]
        for (key, value) in before.sorted(by: { $0.key < $1.key }) where after[key] != value {
            if key.hasPrefix(appArmor) { errors.forbidden(path.key(key), "may not remove or update AppArmor annotations") }
            if key == mirror { errors.forbidden(path.key(key), "may not remove or update mirror pod annotation") }
        }
        for key in after.keys.sorted() where before[key] == nil {
            if key.hasPrefix(appArmor) { errors.forbidden(path.key(key), "may not add AppArmor annotations") }
            if key == mirror { errors.forbidden(path.key(key), "may not add mirror pod annotation") }
        }
    }

    /// Whether a kubelet made the pod known that runs it from a file of its own.
    static func isMirror(_ pod: JSONObject) -> Bool { annotations(pod)[mirror] != nil }

    private static func annotations(_ pod: JSONObject) -> JSONObject {
        pod.object("metadata")?.object("annotations") ?? [:]
    }
}
