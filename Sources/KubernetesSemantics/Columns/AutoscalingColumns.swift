import KubernetesModel

/// What the API server prints about horizontal pod autoscalers of either version.
enum AutoscalingColumns {
    static func cells(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let scaler = FieldReader(object)
        let target = scaler.spec.scaleTargetRef
        return [
            .string(object.name), .string("\(target.kind.text)/\(target.name.text)"), .string(metrics(of: scaler)),
            .string(scaler.spec.minReplicas.exists ? String(scaler.spec.minReplicas.number) : "<unset>"),
            JSONValue(scaler.spec.maxReplicas.number), JSONValue(scaler.status.currentReplicas.number), CellText.age(of: object, now: now),
        ]
    }

    private static func metrics(of scaler: FieldReader) -> String {
        let specs = scaler.spec.metrics.elements
        let statuses = scaler.status.currentMetrics.elements
        if specs.isEmpty { return cpuOfFirstVersion(scaler) ?? "<none>" }
        let texts = specs.enumerated().map { index, spec in
            metric(spec, status: index < statuses.count ? statuses[index] : FieldReader(nil))
        }
        let shown = texts.prefix(2).joined(separator: ", ")
        return texts.count > 2 ? "\(shown) + \(texts.count - 2) more..." : shown
    }

    /// `autoscaling/v1` has one metric, in fields of its own.
    private static func cpuOfFirstVersion(_ scaler: FieldReader) -> String? {
        let target = scaler.spec.targetCPUUtilizationPercentage
        guard target.exists else { return nil }
        let current = scaler.status.currentCPUUtilizationPercentage
        return "cpu: \(current.exists ? "\(current.number)%" : "<unknown>")/\(target.number)%"
    }

    private static func metric(_ spec: FieldReader, status: FieldReader) -> String {
        switch spec["type"].text {
        case "External": amount(spec.external.target, status.external.current)
        case "Pods": amount(spec.pods.target, status.pods.current, mark: "")
        case "Object": amount(spec.object.target, status.object.current)
        case "Resource": resource(spec.resource, status.resource.current)
        case "ContainerResource": resource(spec.containerResource, status.containerResource.current)
        default: "<unknown type>"
        }
    }

    private static func amount(_ target: FieldReader, _ current: FieldReader, mark: String = " (avg)") -> String {
        func text(_ field: FieldReader) -> String { field.exists ? field.textOrNumber : "<unknown>" }
        if target.averageValue.exists { return "\(text(current.averageValue))/\(text(target.averageValue))\(mark)" }
        return "\(text(current["value"]))/\(text(target["value"]))"
    }

    private static func resource(_ spec: FieldReader, _ current: FieldReader) -> String {
        let name = spec.name.text
        if spec.target.averageValue.exists { return "\(name): \(amount(spec.target, current, mark: ""))" }
        func percent(_ field: FieldReader, or other: String) -> String { field.exists ? "\(field.number)%" : other }
        let used = percent(current.averageUtilization, or: "<unknown>")
        return "\(name): \(used)/\(percent(spec.target.averageUtilization, or: "<auto>"))"
    }
}
