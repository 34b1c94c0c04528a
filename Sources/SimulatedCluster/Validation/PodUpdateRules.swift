import KubernetesModel

/// What an update may change about a pod: images, deadlines, and more tolerations.
enum PodUpdateRules {
    private static let rule =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n"

    static func validate(_ change: ObjectChange, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (new, before) = (change.spec, old.object("spec") ?? [:])
        if change.subresource != "resize" { PodAnnotationRules.validateUpdate(change.new, old, &errors) }
        switch change.subresource {
        case "ephemeralcontainers":
            if PodAnnotationRules.isMirror(old) { return errors = [.forbidden(.root, "static pods do not support ephemeral containers")] }
            ephemeral(new, before, &errors)
        case "resize":
            if PodAnnotationRules.isMirror(old) { return errors = [.forbidden(.root, "static pods cannot be resized")] }
            PodResizeRules.validate(change.new, old, &errors)
        default: ordinary(new, before, &errors)
        }
    }

    private static func ordinary(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        for list in ["containers", "initContainers"] {
            let containers = new.objects(list)
            if containers.count != old.objects(list).count {
                return errors.forbidden(.spec[list], "pod updates may not add or remove containers")
            }
            for (index, container) in containers.enumerated() {
                errors.checkRequired(container, "image", at: .spec[list][index])
                ContainerImage.checkPadding(container, at: .spec[list][index], &errors)
            }
        }
        guard deadline(new, old, &errors) else { return }
        tolerations(new, old, &errors)
        gates(new, old, &errors)
        if !old.objects("schedulingGates").isEmpty { GatedPodRules.validate(new, old, &errors) }
        let (frozen, wanted) = (immutable(old, beside: old), immutable(new, beside: old))
        guard frozen != wanted else { return }
        errors.forbidden(.spec, rule + SpecDifference.text(from: frozen, to: wanted))
    }

    /// - Returns: whether there is more to look at.
    private static func deadline(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) -> Bool {
        let path = FieldPath.spec["activeDeadlineSeconds"]
        guard let seconds = new.int("activeDeadlineSeconds") else {
            if old.int("activeDeadlineSeconds") != nil {
                errors.invalid(path, nil, "must not update from a positive integer to nil value")
            }
            return true
        }
        if !(0...2_147_483_647).contains(seconds) {
            errors.checkRange(new, "activeDeadlineSeconds", 0...2_147_483_647, at: .spec)
            return false
        }
        guard let before = old.int("activeDeadlineSeconds"), before < seconds else { return true }
        errors.invalid(path, JSONValue(seconds), "must be less than or equal to previous value")
        return false
    }

    private static func tolerations(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        func lasting(_ spec: JSONObject) -> [JSONObject] {
            spec.objects("tolerations").map { $0.filter { key, value in key != "tolerationSeconds" && value != .null } }
        }
        let path = FieldPath.spec["tolerations"]
        let after = lasting(new)
        if !lasting(old).allSatisfy(after.contains) {
            return errors.forbidden(path, "existing toleration can not be modified except its tolerationSeconds")
        }
        TolerationRules.validate(new.objects("tolerations"), at: path, &errors)
    }

    private static func gates(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let before = Set(old.objects("schedulingGates").map { $0.string("name") })
        for (index, gate) in new.objects("schedulingGates").enumerated() where !before.contains(gate.string("name")) {
            errors.forbidden(
                .spec["schedulingGates"][index]["name"],
                "only deletion is allowed, but found new scheduling gate '\(gate.string("name"))'"
            )
        }
    }

    /// The specification without what may change.
    private static func immutable(_ spec: JSONObject, beside old: JSONObject) -> JSONObject {
        var free: Set = ["activeDeadlineSeconds", "tolerations", "schedulingGates"]
        if !old.objects("schedulingGates").isEmpty { free.insert("nodeSelector") }
        var spec = spec.filter { key, value in value != .null && !free.contains(key) }
        for list in ["containers", "initContainers"] {
            spec.modifyEach(list) { $0.removeValue(forKey: "image") }
        }
        if !old.objects("schedulingGates").isEmpty {
            spec.modify("affinity") { $0.removeValue(forKey: "nodeAffinity") }
            if spec["affinity"] == .object([:]) { spec.removeValue(forKey: "affinity") }
        }
        if let grace = old.int("terminationGracePeriodSeconds"), grace < 0, spec["terminationGracePeriodSeconds"] == 1 {
            spec["terminationGracePeriodSeconds"] = JSONValue(grace)
        }
        return spec
    }

    private static func ephemeral(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let after = new.objects("ephemeralContainers")
        let path = FieldPath.spec["ephemeralContainers"]
        for container in old.objects("ephemeralContainers") {
            let name = container.string("name")
            guard let now = after.first(where: { $0.string("name") == name }) else {
                errors.forbidden(path, "existing ephemeral containers \(name.goQuoted) may not be removed\n")
                continue
            }
            guard now != container else { continue }
            let difference = SpecDifference.text(from: container, to: now)
            errors.forbidden(path, "existing ephemeral containers \(name.goQuoted) may not be changed\n\(difference)")
        }
    }
}

/// A pod that waits for its gates to open may be aimed at fewer nodes meanwhile, not at others.
enum GatedPodRules {
    static func validate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (after, before) = (new.object("nodeSelector") ?? [:], old.object("nodeSelector") ?? [:])
        if before.contains(where: { key, value in after[key] != value }) {
            errors.invalid(
                .spec["nodeSelector"], .object(after), "only additions to spec.nodeSelector are allowed (no mutations or deletions)"
            )
        }
        terms(new, old, &errors)
    }

    private static func terms(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let required = "requiredDuringSchedulingIgnoredDuringExecution"
        func terms(_ spec: JSONObject) -> [JSONObject] {
            spec.object("affinity")?.object("nodeAffinity")?.object(required)?.objects("nodeSelectorTerms") ?? []
        }
        let (after, before) = (terms(new), terms(old))
        let path = FieldPath.spec["affinity"]["nodeAffinity"][required]["nodeSelectorTerms"]
        guard before.isEmpty || after.count == before.count else {
            let value = JSONValue.array(after.map(JSONValue.object))
            return errors.invalid(path, value, "no additions/deletions to non-empty NodeSelectorTerms list are allowed")
        }
        for (index, term) in before.enumerated() where !isContained(term, in: after[index]) {
            errors.invalid(path[index], .object(after[index]), "only additions are allowed (no mutations or deletions)")
        }
    }

    private static func isContained(_ term: JSONObject, in other: JSONObject) -> Bool {
        let lists = ["matchExpressions", "matchFields"]
        // A term without requirements matches no node: anything would be wider.
        if lists.allSatisfy({ term.objects($0).isEmpty }) { return lists.allSatisfy { other.objects($0).isEmpty } }
        return lists.allSatisfy { list in
            let requirements = other.objects(list)
            return term.objects(list).enumerated().allSatisfy { $0 < requirements.count && requirements[$0] == $1 }
        }
    }
}
