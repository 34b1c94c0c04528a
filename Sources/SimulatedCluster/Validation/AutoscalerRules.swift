import KubernetesModel

/// Autoscalers, in the order of `ValidateHorizontalPodAutoscaler`.
enum AutoscalerRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind(group: "autoscaling", "HorizontalPodAutoscaler"): { change, errors in autoscaler(change.spec, &errors) }
    ]

    private static func autoscaler(_ spec: JSONObject, _ errors: inout [FieldError]) {
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

    private static let sources = [
        "ContainerResource": "containerResource", "External": "external", "Object": "object", "Pods": "pods", "Resource": "resource",
    ]

    private static func metric(_ metric: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let type = metric.string("type")
        if type.isEmpty { return errors.required(path["type"], "must specify a metric source type") }
        guard let key = sources[type] else {
            return errors.append(.notSupported(path["type"], .string(type), sources.keys.sorted()))
        }
        guard let source = metric.object(key) else {
            return errors.required(path[key], "must populate information for the given metric source")
        }
        let path = path[key]
        if key == "resource" || key == "containerResource" {
            if source.string("name").isEmpty { errors.required(path["name"], "must specify a resource name") }
            if key == "containerResource", source.string("container").isEmpty { errors.required(path["container"], "must specify a container") }
        } else if (source.object("metric") ?? [:]).string("name").isEmpty {
            errors.required(path["metric"]["name"], "must specify a metric name")
        }
        value(source.object("target") ?? [:], of: key, at: path["target"], &errors)
    }

    private static func value(_ target: JSONObject, of source: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let types = ["AverageValue", "Utilization", "Value"]
        let type = target.string("type")
        if type.isEmpty {
            errors.required(path["type"], "must specify a metric target type")
        } else if !types.contains(type) {
            errors.invalid(path["type"], .string(type), "must be either Utilization, Value, or AverageValue")
        }
        if let percent = target.int("averageUtilization"), percent < 1 {
            errors.invalid(path["averageUtilization"], JSONValue(percent), "must be greater than 0")
        }
        for key in ["value", "averageValue"] {
            guard let amount = Quantity(target[key]), amount.isZero || amount.isNegative else { continue }
            errors.invalid(path[key], amount.json, "must be positive")
        }
        let isResource = source == "resource" || source == "containerResource"
        if isResource, target.present("averageUtilization") == nil, target.present("averageValue") == nil {
            errors.required(path["averageUtilization"], "must set either a target raw value or a target utilization")
        }
        if source == "pods", target.present("averageValue") == nil {
            errors.required(path["averageValue"], "must specify a positive target averageValue")
        }
    }

    private static func scaling(_ rules: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let seconds = rules.int("stabilizationWindowSeconds"), !(0...3600).contains(seconds) {
            let detail = seconds < 0 ? "must be greater than or equal to zero" : "must be less than or equal to 3600"
            errors.invalid(path["stabilizationWindowSeconds"], JSONValue(seconds), detail)
        }
        errors.checkChoice(rules, "selectPolicy", ["Disabled", "Max", "Min"], at: path)
        let policies = rules.objects("policies")
        if policies.isEmpty { errors.required(path["policies"], "must specify at least one Policy") }
        for (index, policy) in policies.enumerated() {
            let path = path["policies"][index]
            errors.checkChoice(policy, "type", ["Percent", "Pods"], at: path, isRequired: true)
            if policy.int("value") ?? 0 <= 0 { errors.invalid(path["value"], policy["value"] ?? 0, "must be greater than zero") }
            let seconds = policy.int("periodSeconds") ?? 0
            if seconds <= 0 { errors.invalid(path["periodSeconds"], JSONValue(seconds), "must be greater than zero") }
            if seconds > 1800 { errors.invalid(path["periodSeconds"], JSONValue(seconds), "must be less than or equal to 1800") }
        }
    }
}
