import KubernetesModel

/// What an update may change about a pod: images, deadlines, and more tolerations.
enum PodUpdateRules {
    private static let rule =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n"

    static func validate(_ change: ObjectChange, _ old: JSONObject, _ errors: inout [FieldError]) {
        let new = change.spec
        switch change.subresource {
        case "ephemeralcontainers": return ephemeral(new, old, &errors)
        case "resize": return resize(new, old, &errors)
        default: break
        }
        for list in ["containers", "initContainers"] where new.objects(list).count != old.objects(list).count {
            return errors.forbidden(.spec[list], "pod updates may not add or remove containers")
        }
        deadline(new, old, &errors)
        let before = old["tolerations"]?.arrayValue ?? []
        let after = new["tolerations"]?.arrayValue ?? []
        for (index, toleration) in before.enumerated() where !after.contains(toleration) {
            errors.forbidden(.spec["tolerations"], "existing toleration can not be modified except its tolerationSeconds")
            if index == 0 { break }
        }
        let (frozen, wanted) = (immutable(old), immutable(new))
        guard frozen != wanted else { return }
        errors.forbidden(.spec, rule + SpecDifference.text(from: frozen, to: wanted))
    }

    private static func deadline(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec["activeDeadlineSeconds"]
        switch (new.int("activeDeadlineSeconds"), old.int("activeDeadlineSeconds")) {
        case (let seconds?, let before?) where before < seconds:
            errors.invalid(path, JSONValue(seconds), "must be less than or equal to previous value")
        case (nil, _?): errors.invalid(path, nil, "must not update from a positive integer to nil value")
        default: break
        }
    }

    /// The specification without what may change.
    private static func immutable(_ spec: JSONObject) -> JSONObject {
        var spec = spec.filter { key, value in
            value != .null && !["activeDeadlineSeconds", "tolerations", "schedulingGates"].contains(key)
        }
        for list in ["containers", "initContainers"] {
            spec.modifyEach(list) { $0.removeValue(forKey: "image") }
        }
        return spec
    }

    private static func ephemeral(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let (before, after) = (old.objects("ephemeralContainers"), new.objects("ephemeralContainers"))
        let path = FieldPath.spec["ephemeralContainers"]
        for container in before {
            let name = container.string("name")
            guard let now = after.first(where: { $0.string("name") == name }) else {
                errors.forbidden(path, "existing ephemeral containers \(name.goQuoted) may not be removed\n")
                continue
            }
            if now != container { errors.forbidden(path, "existing ephemeral containers \(name.goQuoted) may not be changed\n") }
        }
        if new.filter({ key, _ in key != "ephemeralContainers" }) != old.filter({ key, _ in key != "ephemeralContainers" }) {
            errors.forbidden(.spec, "only ephemeral containers may be changed")
        }
    }

    private static func resize(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        func rest(_ spec: JSONObject) -> JSONObject {
            var spec = spec
            for list in ["containers", "initContainers"] {
                spec.modifyEach(list) { $0.removeValue(forKey: "resources") }
            }
            return spec
        }
        let (frozen, wanted) = (rest(old), rest(new))
        guard frozen != wanted else { return }
        errors.forbidden(
            .spec, "only cpu and memory resources are mutable\n" + SpecDifference.text(from: frozen, to: wanted)
        )
    }
}

/// What differs between two documents, a line for each member.
enum SpecDifference {
    static func text(from old: JSONObject, to new: JSONObject) -> String {
        let keys = Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }
        let lines = keys.flatMap { key in
            [old[key].map { "- \t\(key): \(GoText.of($0))" }, new[key].map { "+ \t\(key): \(GoText.of($0))" }].compactMap(\.self)
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
