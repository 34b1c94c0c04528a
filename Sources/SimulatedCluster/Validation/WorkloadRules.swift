import KubernetesModel

/// Workloads that run pods of a template for ever.
enum WorkloadRules {
    static func deployment(_ change: ObjectChange, _ errors: inout [FieldError]) {
        deployment(change.spec, &errors)
        frozen(["selector"], change, &errors)
    }

    static func replicaSet(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        errors.checkNonnegative(spec, "replicas", at: .spec)
        errors.checkNonnegative(spec, "minReadySeconds", at: .spec)
        selector(spec, "ReplicaSet", &errors)
        template(spec, of: "ReplicaSet", &errors)
        frozen(["selector"], change, &errors)
    }

    static func statefulSet(_ change: ObjectChange, _ errors: inout [FieldError]) {
        statefulSet(change.spec, &errors)
        if let old = change.oldSpec { statefulSetUpdate(change.spec, old, &errors) }
    }

    static func daemonSet(_ change: ObjectChange, _ errors: inout [FieldError]) {
        daemonSet(change.spec, &errors)
        frozen(["selector"], change, &errors)
    }

    private static func frozen(_ keys: [String], _ change: ObjectChange, _ errors: inout [FieldError]) {
        guard let old = change.oldSpec else { return }
        for key in keys { errors.checkUnchanged(change.spec, old, key, at: .spec) }
    }

    /// The selector itself, and that it is there.
    private static func selector(_ spec: JSONObject, _ kind: String, _ errors: inout [FieldError]) {
        guard let selector = spec.object("selector") else { return errors.required(.spec["selector"]) }
        SelectorRules.validate(selector, at: .spec["selector"], &errors)
        if SelectorRules.isEmpty(selector) {
            errors.invalid(.spec["selector"], .object(selector), "empty selector is invalid for \(kind.lowercased())")
        }
    }

    /// The template: found by the selector, and of pods that are always restarted.
    private static func template(_ spec: JSONObject, of kind: String, _ errors: inout [FieldError]) {
        let path = FieldPath.spec["template"]
        let template = spec.object("template") ?? [:]
        // A DaemonSet is told of it before, together with its selector; a ReplicationController has a simpler one.
        if !["DaemonSet", "ReplicationController"].contains(kind) {
            SelectorRules.validate(spec.object("selector"), matches: template, at: path, &errors)
        }
        // The pods of a StatefulSet mount volumes that only its claims make: of those only the metadata are checked.
        if kind == "StatefulSet" {
            PodRules.templateMetadata(template, at: path, &errors)
        } else {
            PodRules.template(template, at: path, &errors)
        }
        let pod = template.object("spec") ?? [:]
        let policy = pod.string("restartPolicy")
        if policy != "Always", !policy.isEmpty {
            errors.append(.notSupported(path["spec"]["restartPolicy"], .string(policy), ["Always"]))
        }
        if pod.present("activeDeadlineSeconds") != nil {
            errors.forbidden(path["spec"]["activeDeadlineSeconds"], "activeDeadlineSeconds in \(kind) is not Supported")
        }
    }

    private static func deployment(_ spec: JSONObject, _ errors: inout [FieldError]) {
        errors.checkNonnegative(spec, "replicas", at: .spec)
        selector(spec, "deployment", &errors)
        template(spec, of: "ReplicaSet", &errors)
        let strategy = spec.object("strategy") ?? [:]
        let path = FieldPath.spec["strategy"]
        switch strategy.string("type") {
        case "Recreate":
            if strategy.present("rollingUpdate") != nil {
                errors.forbidden(path["rollingUpdate"], "may not be specified when strategy `type` is 'Recreate'")
            }
        case "RollingUpdate": rollout(strategy.object("rollingUpdate") ?? [:], at: path["rollingUpdate"], &errors)
        default: errors.append(.notSupported(path, .object(strategy), ["Recreate", "RollingUpdate"]))
        }
        errors.checkNonnegative(spec, "minReadySeconds", at: .spec)
        errors.checkNonnegative(spec, "revisionHistoryLimit", at: .spec)
        if let deadline = spec.int("progressDeadlineSeconds") {
            errors.checkNonnegative(spec, "progressDeadlineSeconds", at: .spec)
            if deadline <= spec.int("minReadySeconds") ?? 0 {
                errors.invalid(.spec["progressDeadlineSeconds"], JSONValue(deadline), "must be greater than minReadySeconds")
            }
        }
    }

    private static func rollout(_ update: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["maxUnavailable", "maxSurge"] { Percentages.check(update.present(key), at: path[key], &errors) }
        if Percentages.isZero(update.present("maxUnavailable")), Percentages.isZero(update.present("maxSurge")) {
            errors.invalid(path["maxUnavailable"], update["maxUnavailable"], "may not be 0 when `maxSurge` is 0")
        }
        Percentages.checkAtMostWhole(update.present("maxUnavailable"), at: path["maxUnavailable"], &errors)
    }

    private static func statefulSet(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let policy = spec.string("podManagementPolicy")
        if !["OrderedReady", "Parallel"].contains(policy) {
            errors.invalid(.spec["podManagementPolicy"], .string(policy), "must be 'OrderedReady' or 'Parallel'")
        }
        statefulSetStrategy(spec.object("updateStrategy") ?? [:], at: .spec["updateStrategy"], &errors)
        if let policy = spec.object("persistentVolumeClaimRetentionPolicy") {
            for key in ["whenDeleted", "whenScaled"] {
                errors.checkChoice(policy, key, ["Retain", "Delete"], at: .spec["persistentVolumeClaimRetentionPolicy"])
            }
        }
        errors.checkNonnegative(spec, "replicas", at: .spec)
        errors.checkNonnegative(spec, "minReadySeconds", at: .spec)
        errors.checkNonnegative(spec, "revisionHistoryLimit", at: .spec)
        if let ordinals = spec.object("ordinals") { errors.checkNonnegative(ordinals, "start", at: .spec["ordinals"]) }
        selector(spec, "statefulset", &errors)
        template(spec, of: "StatefulSet", &errors)
    }

    private static func statefulSetStrategy(_ strategy: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let update = strategy.object("rollingUpdate")
        switch strategy.string("type") {
        case "": errors.required(path)
        case "OnDelete":
            guard let update else { return }
            errors.invalid(path["rollingUpdate"], .object(update), "only allowed for updateStrategy 'RollingUpdate'")
        case "RollingUpdate":
            guard let update else { return }
            errors.checkNonnegative(update, "partition", at: path["rollingUpdate"])
            let most = path["rollingUpdate"]["maxUnavailable"]
            Percentages.check(update.present("maxUnavailable"), at: most, &errors)
            if Percentages.isZero(update.present("maxUnavailable")) { errors.invalid(most, update["maxUnavailable"], "cannot be 0") }
            Percentages.checkAtMostWhole(update.present("maxUnavailable"), at: path["rollingUpdate"]["maxUnavailable"], &errors)
        default: errors.invalid(path, .object(strategy), "must be 'RollingUpdate' or 'OnDelete'")
        }
    }

    private static let statefulSetFields: Set = [
        "replicas", "template", "updateStrategy", "minReadySeconds", "persistentVolumeClaimRetentionPolicy", "ordinals",
        "revisionHistoryLimit",
    ]

    private static func statefulSetUpdate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        func fixed(_ spec: JSONObject) -> JSONObject { spec.filter { !statefulSetFields.contains($0) && $1 != .null } }
        guard fixed(new) != fixed(old) else { return }
        errors.forbidden(
            .spec,
            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
        )
    }

    private static func daemonSet(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let (selector, pods) = (spec.object("selector"), spec.object("template") ?? [:])
        if let selector { SelectorRules.validate(selector, at: .spec["selector"], &errors) }
        SelectorRules.validate(selector, matches: pods, at: .spec["template"], &errors)
        if let selector, SelectorRules.isEmpty(selector) {
            errors.invalid(.spec["selector"], .object(selector), "empty selector is invalid for daemonset")
        }
        template(spec, of: "DaemonSet", &errors)
        errors.checkNonnegative(spec, "minReadySeconds", at: .spec)
        let strategy = spec.object("updateStrategy") ?? [:]
        let path = FieldPath.spec["updateStrategy"]
        switch strategy.string("type") {
        case "OnDelete": break
        case "RollingUpdate":
            let update = strategy.object("rollingUpdate") ?? [:]
            let keys = ["maxUnavailable", "maxSurge"]
            for key in keys { Percentages.check(update.present(key), at: path["rollingUpdate"][key], &errors) }
            for key in keys { Percentages.checkAtMostWhole(update.present(key), at: path["rollingUpdate"][key], &errors) }
            if Percentages.isZero(update.present("maxUnavailable")), Percentages.isZero(update.present("maxSurge")) {
                errors.required(path["rollingUpdate"]["maxUnavailable"], "cannot be 0 when maxSurge is 0")
            } else if !Percentages.isZero(update.present("maxUnavailable")), !Percentages.isZero(update.present("maxSurge")) {
                errors.invalid(
                    path["rollingUpdate"]["maxSurge"], update["maxSurge"], "may not be set when maxUnavailable is non-zero"
                )
            }
        default: errors.append(.notSupported(path, .object(strategy), ["RollingUpdate", "OnDelete"]))
        }
        errors.checkNonnegative(spec, "revisionHistoryLimit", at: .spec)
    }

    static func replicationController(_ spec: JSONObject, _ errors: inout [FieldError]) {
        errors.checkNonnegative(spec, "minReadySeconds", at: .spec)
        if spec.object("selector")?.isEmpty ?? true { errors.required(.spec["selector"]) }
        errors.checkNonnegative(spec, "replicas", at: .spec)
        let selector: JSONObject? = spec.object("selector").map { ["matchLabels": .object($0)] }
        guard let template = spec.object("template") else { return errors.required(.spec["template"]) }
        SelectorRules.validate(selector, matches: template, at: .spec["template"], &errors)
        self.template(spec, of: "ReplicationController", &errors)
    }
}

/// Numbers or percentages, such as how many pods may be missing.
enum Percentages {
    static func check(_ value: JSONValue?, at path: FieldPath, _ errors: inout [FieldError]) {
        switch value {
        case .string(let text)?:
            if percent(text) == nil {
                errors.invalid(
                    path, value,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"
                )
            }
        case .number(let number)?:
            if let number = number.intValue, number < 0 { errors.invalid(path, value, "must be greater than or equal to 0") }
        default: break
        }
    }

    static func checkAtMostWhole(_ value: JSONValue?, at path: FieldPath, _ errors: inout [FieldError]) {
        if let percent = value?.stringValue.flatMap(percent), percent > 100 { errors.invalid(path, value, "must not be greater than 100%") }
    }

    static func isZero(_ value: JSONValue?) -> Bool {
        value?.intValue == 0 || value?.stringValue.flatMap(percent) == 0
    }

    private static func percent(_ text: String) -> Int? {
        guard text.hasSuffix("%"), let number = Int(text.dropLast()), number >= 0, !text.hasPrefix("+") else { return nil }
        return number
    }
}
