import KubernetesModel

/// Autoscalers, in the order of `ValidateHorizontalPodAutoscaler`.
enum AutoscalerRules {
    static func autoscaler(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let least = spec.int("minReplicas") ?? 1
        if least < 1 { errors.invalid(.spec["minReplicas"], JSONValue(least), "must be greater than or equal to 1") }
        let most = spec.int("maxReplicas") ?? 0
        if most < 1 { errors.invalid(.spec["maxReplicas"], JSONValue(most), "must be greater than 0") }
        if most < least { errors.invalid(.spec["maxReplicas"], JSONValue(most), "must be greater than or equal to `minReplicas`") }
        target(spec.object("scaleTargetRef") ?? [:], at: .spec["scaleTargetRef"], &errors)
        for (index, metric) in spec.objects("metrics").enumerated() { self.metric(metric, at: .spec["metrics"][index], &errors) }
        for direction in ["scaleUp", "scaleDown"] {
            guard let rules = spec.object("behavior")?.object(direction) else { continue }
            scaling(rules, at: .spec["behavior"][direction], &errors)
        }
    }

    private static func target(_ target: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["kind", "name"] {
            errors.checkRequired(target, key, at: path)
            if !target.string(key).isEmpty { errors.invalid(path[key], target[key], Names.pathSegment(target.string(key))) }
        }
    }

    /// The types of metrics with the fields that describe them, in the order in which they are looked at.
    private static let sources = [
        ("Object", "object"), ("External", "external"), ("Pods", "pods"), ("Resource", "resource"),
        ("ContainerResource", "containerResource"),
    ]

    private static func metric(_ metric: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let type = metric.string("type")
        let expected = sources.first { $0.0 == type }?.1
        let unknown = FieldError.notSupported(path["type"], .string(type), sources.map(\.0).sorted())
        if type.isEmpty { errors.required(path["type"], "must specify a metric source type") }
        if expected == nil { errors.append(unknown) }
        let present = sources.map(\.1).filter { metric.object($0) != nil }
        if let first = present.first { source(metric.object(first) ?? [:], first, at: path[first], &errors) }
        if let expected {
            if !present.contains(expected) { errors.required(path[expected], "must populate information for the given metric source") }
        } else {
            errors.append(unknown)
        }
        guard present.count > 1 else { return }
        for key in present where key != expected { errors.forbidden(path[key], "must populate the given metric source only") }
    }

    private static func source(_ source: JSONObject, _ kind: String, at path: FieldPath, _ errors: inout [FieldError]) {
        switch kind {
        case "resource", "containerResource":
            if source.string("name").isEmpty { errors.required(path["name"], "must specify a resource name") }
            if kind == "containerResource" {
                let container = source.string("container")
                if container.isEmpty {
                    errors.required(path["container"], "must specify a container")
                } else {
                    errors.invalid(path["container"], .string(container), NameRules.label(container))
                }
            }
        default:
            if kind == "object" { target(source.object("describedObject") ?? [:], at: path["describedObject"], &errors) }
            let name = source.object("metric")?.string("name") ?? ""
            if name.isEmpty {
                errors.required(path["metric"]["name"], "must specify a metric name")
            } else {
                errors.invalid(path["metric"]["name"], .string(name), Names.pathSegment(name))
            }
        }
        value(source.object("target") ?? [:], of: kind, at: path["target"], &errors)
    }

    private static func value(_ target: JSONObject, of source: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let type = target.string("type")
        if type.isEmpty { errors.required(path["type"], "must specify a metric target type") }
        if !["Utilization", "Value", "AverageValue"].contains(type) {
            errors.invalid(path["type"], .string(type), "must be either Utilization, Value, or AverageValue")
        }
        for key in ["value", "averageValue"] {
            guard let amount = Quantity(target[key]), amount.isZero || amount.isNegative else { continue }
            errors.invalid(path[key], amount.json, "must be positive")
        }
        if let percent = target.int("averageUtilization"), percent < 1 {
            errors.invalid(path["averageUtilization"], JSONValue(percent), "must be greater than 0")
        }
        let (whole, average) = (target.present("value") != nil, target.present("averageValue") != nil)
        let percent = target.present("averageUtilization") != nil
        switch source {
        case "object":
            if !whole, !average { errors.required(path["averageValue"], "must set either a target value or averageValue") }
        case "external":
            if !whole, !average { errors.required(path["averageValue"], "must set either a target value for metric or a per-pod target") }
            if whole, average { errors.forbidden(path["value"], "may not set both a target value for metric and a per-pod target") }
        case "pods":
            if !average { errors.required(path["averageValue"], "must specify a positive target averageValue") }
        default:
            if !percent, !average {
                errors.required(path["averageUtilization"], "must set either a target raw value or a target utilization")
            }
            if percent, average { errors.forbidden(path["averageValue"], "may not set both a target raw value and a target utilization") }
        }
    }

    private static func scaling(_ rules: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let seconds = rules.int("stabilizationWindowSeconds"), !(0...3600).contains(seconds) {
            let detail = seconds < 0 ? "must be greater than or equal to zero" : "must be less than or equal to 3600"
            errors.invalid(path["stabilizationWindowSeconds"], JSONValue(seconds), detail)
        }
        errors.checkChoice(rules, "selectPolicy", ["Disabled", "Max", "Min"], at: path)
        if let tolerance = Quantity(rules["tolerance"]), tolerance.isNegative {
            errors.invalid(path["tolerance"], tolerance.json, "must be greater than or equal to 0")
        }
        let policies = rules.objects("policies")
        if policies.isEmpty { errors.required(path["policies"], "must specify at least one Policy") }
        for (index, policy) in policies.enumerated() {
            let path = path["policies"][index]
            let type = policy.string("type")
            if !["Percent", "Pods"].contains(type) { errors.append(.notSupported(path["type"], .string(type), ["Percent", "Pods"])) }
            if policy.int("value") ?? 0 <= 0 { errors.invalid(path["value"], policy["value"] ?? 0, "must be greater than zero") }
            let seconds = policy.int("periodSeconds") ?? 0
            if seconds <= 0 { errors.invalid(path["periodSeconds"], JSONValue(seconds), "must be greater than zero") }
            if seconds > 1800 { errors.invalid(path["periodSeconds"], JSONValue(seconds), "must be less than or equal to 1800") }
        }
    }
}
