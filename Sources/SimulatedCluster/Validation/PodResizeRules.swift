import KubernetesModel

/// What a change of resources may change about a running pod.
enum PodResizeRules {
    static func validate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (spec, before) = (new.object("spec") ?? [:], old.object("spec") ?? [:])
        if before.object("os")?.string("name") == "windows" {
            return errors = [.forbidden(.root, "windows pods cannot be resized")]
        }
        let quality = old.object("status")?.string("qosClass") ?? ""
        if quality != QualityOfService.of(pod: new).rawValue {
            errors.invalid(.spec, .string(quality), "Pod QOS Class may not change as a result of resizing")
        }
        for list in ["initContainers", "containers"] { removals(spec.objects(list), before.objects(list), in: list, &errors) }
        others(spec.objects("containers"), before.objects("containers"), "only cpu and memory resources are mutable", &errors)
        initContainers(spec.objects("initContainers"), before.objects("initContainers"), &errors)
        guard errors.isEmpty, rest(spec) != rest(before) else { return }
        errors.forbidden(.spec, "only cpu and memory resources are mutable")
    }

    private static func isSidecar(_ container: JSONObject) -> Bool { container.string("restartPolicy") == "Always" }

    /// What a container asked for it goes on asking for.
    private static func removals(_ new: [JSONObject], _ old: [JSONObject], in list: String, _ errors: inout [FieldError]) {
        for (index, (after, before)) in zip(new, old).enumerated() where list == "containers" || isSidecar(before) {
            let path = FieldPath.spec[list][index]["resources"]
            for kind in ["requests", "limits"] {
                let names = (before.object("resources")?.object(kind) ?? [:]).keys
                let kept = after.object("resources")?.object(kind) ?? [:]
                guard names.contains(where: { kept[$0] == nil }) else { continue }
                errors.forbidden(path[kind], "resource \(kind) cannot be removed")
            }
        }
    }

    private static func others(_ new: [JSONObject], _ old: [JSONObject], _ detail: String, _ errors: inout [FieldError]) {
        for (after, before) in zip(new, old) where fixed(after) != fixed(before) { errors.forbidden(.spec, detail) }
    }

    private static func initContainers(_ new: [JSONObject], _ old: [JSONObject], _ errors: inout [FieldError]) {
        for (after, before) in zip(new, old) {
            if isSidecar(after) {
                others([after], [before], "only cpu and memory resources for sidecar containers are mutable", &errors)
            } else if after != before {
                errors.forbidden(.spec, "resources for non-sidecar init containers are immutable")
            }
        }
    }

    /// A container without its processors and memory, and without how a change of them is carried out.
    private static func fixed(_ container: JSONObject) -> JSONObject {
        var container = container.filter { key, value in key != "resizePolicy" && value != .null }
        container.modify("resources") { resources in
            for kind in ["requests", "limits"] {
                resources.modify(kind) { list in
                    for name in ["cpu", "memory"] { list.removeValue(forKey: name) }
                }
                if resources[kind] == .object([:]) { resources.removeValue(forKey: kind) }
            }
        }
        return container
    }

    private static func rest(_ spec: JSONObject) -> JSONObject {
        spec.filter { key, value in !["containers", "initContainers", "resources"].contains(key) && value != .null }
    }
}
