import KubernetesModel

/// The two forms of autoscalers. Version 1 has a field for the load of the processor alone: what else there is, it keeps in annotations,
/// so that nothing is lost when an object is read and written back (`pkg/apis/autoscaling/v1/conversion.go`).
enum AutoscalerForms {
    private static let prefix = "autoscaling.alpha.kubernetes.io/"

    static func v1(from object: KubernetesObject) -> KubernetesObject {
        var result = object
        var annotations = object.metadata.annotations
        func note(_ name: String, _ value: JSONValue?) {
            annotations[prefix + name] = value.map { String(decoding: JSONWriter.compact($0), as: UTF8.self) }
        }
        let (load, others) = split(object.spec["metrics"])
        note("metrics", others.isEmpty ? nil : .array(others.map(MetricForms.target.v1)))
        note("behavior", object.spec["behavior"].map { renamed($0) { $0.prefix(1).uppercased() + $0.dropFirst() } })
        let current = object.status["currentMetrics"]?.arrayValue ?? []
        note("current-metrics", current.isEmpty ? nil : .array(current.map(MetricForms.current.v1)))
        note("conditions", object.status["conditions"])
        result.metadata.annotations = annotations
        for key in ["metrics", "behavior"] { result["spec", default: [:]][key] = nil }
        result["spec", default: [:]]["targetCPUUtilizationPercentage"] = load
        for key in ["currentMetrics", "conditions"] { result["status", default: [:]][key] = nil }
        let used = current.first { isLoad($0) }
        result["status", default: [:]]["currentCPUUtilizationPercentage"] = used?[path: ["resource", "current", "averageUtilization"]]
        if result.status["currentReplicas"] == nil { result["status", default: [:]]["currentReplicas"] = 0 }
        return result
    }

    static func v2(from object: KubernetesObject) -> KubernetesObject {
        var result = object
        var annotations = object.metadata.annotations
        func noted(_ name: String) -> JSONValue? {
            annotations.removeValue(forKey: prefix + name).flatMap { try? JSONParser.parse($0) }
        }
        var metrics = (noted("metrics")?.arrayValue ?? []).map(MetricForms.target.v2)
        if let load = object.spec["targetCPUUtilizationPercentage"] {
            metrics.append(
                ["type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": load]]])
        }
        result["spec", default: [:]]["targetCPUUtilizationPercentage"] = nil
        if !metrics.isEmpty { result["spec", default: [:]]["metrics"] = .array(metrics) }
        if let behavior = noted("behavior") {
            result["spec", default: [:]]["behavior"] = renamed(behavior) { $0.prefix(1).lowercased() + $0.dropFirst() }
        }
        if let current = noted("current-metrics")?.arrayValue {
            result["status", default: [:]]["currentMetrics"] = .array(current.map(MetricForms.current.v2))
        }
        if let conditions = noted("conditions") { result["status", default: [:]]["conditions"] = conditions }
        result["status"]?["currentCPUUtilizationPercentage"] = nil
        result.metadata.annotations = annotations
        return result
    }

    /// The one metric that version 1 has a field for, and the others.
    private static func split(_ metrics: JSONValue?) -> (load: JSONValue?, others: [JSONValue]) {
        var others = metrics?.arrayValue ?? []
        let utilization = ["resource", "target", "averageUtilization"]
        guard let index = others.firstIndex(where: { isLoad($0) && $0[path: utilization] != nil }) else { return (nil, others) }
        return (others.remove(at: index)[path: utilization], others)
    }

    private static func isLoad(_ metric: JSONValue) -> Bool {
        metric["type"] == "Resource" && metric[path: ["resource", "name"]] == "cpu"
    }

    /// The behaviour is kept with the names of the server's own fields, which begin with capitals.
    private static func renamed(_ value: JSONValue, _ change: (String) -> String) -> JSONValue {
        switch value {
        case .object(let object): .object(JSONObject(object.map { (change($0.key), renamed($0.value, change)) }))
        case .array(let elements): .array(elements.map { renamed($0, change) })
        default: value
        }
    }
}

/// The two forms of a metric, as it should be (`target`) or as it is (`current`).
private struct MetricForms {
    static let target = MetricForms(side: "target")
    static let current = MetricForms(side: "current")

    let side: String

    /// The fields of version 1 by kind of metric, and where they stand in version 2.
    private var fields: [String: [(String, [String])]] {
        let (name, selector) = (["metric", "name"], ["metric", "selector"])
        let utilization = ("\(side)AverageUtilization", [side, "averageUtilization"])
        let average = ("\(side)AverageValue", [side, "averageValue"])
        let value = ("\(side)Value", [side, "value"])
        return [
            "resource": [("name", ["name"]), utilization, average],
            "containerResource": [("name", ["name"]), utilization, average, ("container", ["container"])],
            "pods": [("metricName", name), average, ("selector", selector)],
            "object": [
                ("target", ["describedObject"]), ("metricName", name), value, ("selector", selector),
                ("averageValue", [side, "averageValue"]),
            ],
            "external": [("metricName", name), ("metricSelector", selector), value, average],
        ]
    }

    func v1(_ metric: JSONValue) -> JSONValue {
        convert(metric) { source, result, v1, v2 in result[v1] = source[path: v2] }
    }

    func v2(_ metric: JSONValue) -> JSONValue {
        convert(metric) { source, result, v1, v2 in
            guard let value = source[v1] else { return }
            if v2.count == 1 { result[v2[0]] = value } else { result[v2[0], default: [:]][v2[1]] = value }
            if v2[0] == "target" { result["target"]?["type"] = Self.types[v2[1]] }
        }
    }

    private static let types: [String: JSONValue] = ["averageUtilization": "Utilization", "averageValue": "AverageValue", "value": "Value"]

    private func convert(_ metric: JSONValue, _ move: (JSONValue, inout JSONObject, String, [String]) -> Void) -> JSONValue {
        guard var result = metric.objectValue else { return metric }
        for (kind, places) in fields {
            guard let source = result[kind] else { continue }
            var moved: JSONObject = [:]
            for (v1, v2) in places { move(source, &moved, v1, v2) }
            result[kind] = .object(moved)
        }
        return .object(result)
    }
}
