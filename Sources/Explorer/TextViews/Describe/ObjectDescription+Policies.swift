import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func namespace() {
        name()
        labelsAndAnnotations()
        outline.field("Status", fields.status.phase.text)
        conditions()
        let quotaMirror = beside(Self.quotaScope(in: object.name))
        let quotas = quotaMirror.objects.map { FieldReader($0) }
        if quotas.isEmpty { outline.field("Resource Quotas", quotaMirror.absence) } else { outline.heading("Resource Quotas") }
        for quota in quotas {
            let name = quota.metadata.name.text
            let reference = ObjectReference.builtIn("ResourceQuota", namespace: object.name, name)
            outline.field("Name", name, depth: 1, link: reference)
            quotaTable(quota, depth: 1)
        }
        let limitMirror = beside(Self.limitScope(in: object.name))
        let limits = limitMirror.objects.map { FieldReader($0) }
        if limits.isEmpty { return outline.field("Resource Limits", limitMirror.absence) }
        outline.heading("Resource Limits")
        limitTable(limits.flatMap(\.spec.limits.elements))
    }

    mutating func resourceQuota() {
        name()
        let scopes = fields.spec.scopes.texts.sorted()
        if !scopes.isEmpty { outline.field("Scopes", scopes.joined(separator: ", ")) }
        for scope in scopes {
            if let meaning = Self.scopeMeanings[scope] { outline.line(LinkedText("* \(meaning)"), depth: 1) }
        }
        quotaTable(fields, depth: 0)
    }

    private static let scopeMeanings = [
        "Terminating": "Matches all pods that have an active deadline: the system ends them after that time.",
        "NotTerminating": "Matches all pods that have no active deadline, which most long running pods are.",
        "BestEffort": "Matches all pods without any resource requirements.",
        "NotBestEffort": "Matches all pods with at least one resource requirement.",
    ]

    private mutating func quotaTable(_ quota: FieldReader, depth: Int) {
        let hard = quota.status.hard.members.sorted { $0.key < $1.key }
        outline.table(
            ["Resource", "Used", "Hard"],
            hard.map { name, amount in
                let used = quota.status.used[name].textOrNumber
                return [LinkedText(name), LinkedText(used.isEmpty ? "0" : used), LinkedText(FieldReader(amount).textOrNumber)]
            }, depth: depth)
    }

    mutating func limitRange() {
        name()
        limitTable(fields.spec.limits.elements)
    }

    private mutating func limitTable(_ limits: [FieldReader]) {
        let parts = ["min", "max", "defaultRequest", "default", "maxLimitRequestRatio"]
        let rows = limits.flatMap { limit in
            Set(parts.flatMap { limit[$0].members.map(\.key) }).sorted().map { resource in
                [LinkedText(limit.type.text), LinkedText(resource)]
                    + parts.map { part in
                        let amount = limit[part][resource].textOrNumber
                        return LinkedText(amount.isEmpty ? "-" : amount)
                    }
            }
        }
        outline.table(["Type", "Resource", "Min", "Max", "Default Request", "Default Limit", "Max Limit/Request Ratio"], rows, depth: 0)
    }

    mutating func podDisruptionBudget() {
        let (spec, status) = (fields.spec, fields.status)
        name()
        if spec.minAvailable.exists {
            outline.field("Min available", spec.minAvailable.textOrNumber)
        } else if spec.maxUnavailable.exists {
            outline.field("Max unavailable", spec.maxUnavailable.textOrNumber)
        }
        optional("Unhealthy pods", spec.unhealthyPodEvictionPolicy.text)
        outline.field("Selector", spec.selector.exists ? selector(spec.selector) : "<unset>")
        outline.heading("Status")
        outline.field("Allowed disruptions", "\(status.disruptionsAllowed.number)", depth: 1)
        outline.field("Current", "\(status.currentHealthy.number)", depth: 1)
        outline.field("Desired", "\(status.desiredHealthy.number)", depth: 1)
        outline.field("Total", "\(status.expectedPods.number)", depth: 1)
        conditions()
    }

    mutating func priorityClass() {
        name()
        outline.field("Value", "\(fields.value.number)")
        outline.field("GlobalDefault", "\(fields.globalDefault.flag)")
        outline.field("PreemptionPolicy", fields.preemptionPolicy.text)
        outline.field("Description", fields.description.text)
        outline.pairs("Annotations", annotations(fields.metadata), separator: "=")
    }

    // MARK: Autoscalers

    mutating func autoscaler() {
        let (spec, status) = (fields.spec, fields.status)
        name()
        labelsAndAnnotations()
        created()
        let target = spec.scaleTargetRef
        let reference = ObjectReference(
            apiVersion: target.apiVersion.text, kind: target.kind.text, namespace: object.namespace, name: target.name.text)
        outline.field("Reference", "\(target.kind.text)/\(target.name.text)", link: reference)
        outline.field("Metrics", "( current / target )")
        for (index, metric) in spec.metrics.elements.enumerated() {
            let current = status.currentMetrics.elements.indices.contains(index) ? status.currentMetrics.elements[index] : FieldReader(nil)
            let text = MetricText(metric, current)
            outline.field(text.title, "\(text.current) / \(text.target)", depth: 1)
        }
        outline.field("Min replicas", unset(spec.minReplicas))
        outline.field("Max replicas", "\(spec.maxReplicas.number)")
        if spec.behavior.exists { outline.heading("Behavior") }
        behavior("Scale Up", spec.behavior.scaleUp)
        behavior("Scale Down", spec.behavior.scaleDown)
        outline.field("\(target.kind.text) pods", "\(status.currentReplicas.number) current / \(status.desiredReplicas.number) desired")
        conditions()
    }

    private mutating func behavior(_ title: String, _ rules: FieldReader) {
        guard rules.exists else { return }
        outline.heading(title, depth: 1)
        if rules.stabilizationWindowSeconds.exists {
            outline.field("Stabilization Window", "\(rules.stabilizationWindowSeconds.number) seconds", depth: 2)
        }
        guard !rules.policies.elements.isEmpty else { return }
        outline.field("Select Policy", rules.selectPolicy.text(or: "Max"), depth: 2)
        outline.heading("Policies", depth: 2)
        for policy in rules.policies.elements {
            let text = "- Type: \(policy.type.text)  Value: \(policy.value.number)  Period: \(policy.periodSeconds.number) seconds"
            outline.line(LinkedText(text), depth: 3)
        }
    }
}

/// One metric of an autoscaler: what it is, what it is now, and what it should be.
private struct MetricText {
    let title: String
    let current: String
    let target: String

    init(_ metric: FieldReader, _ status: FieldReader) {
        let keys = [
            "Resource": "resource", "ContainerResource": "containerResource", "Pods": "pods", "Object": "object", "External": "external",
        ]
        let key = keys[metric.type.text] ?? ""
        let (source, now) = (metric[key], status[key].current)
        let target = source.target
        let isAverage = target.averageValue.exists
        let value = isAverage ? now.averageValue : now.value
        let name = source.metric.name.text
        switch metric.type.text {
        case "Resource", "ContainerResource":
            let container = source.container.exists ? " of container \"\(source.container.text)\"" : ""
            title = "resource \(source.name.text)\(container) on pods" + (isAverage ? "" : "  (as a percentage of request)")
        case "Pods": title = "\"\(name)\" on pods"
        case "Object":
            let described = source.describedObject
            title = "\"\(name)\" on \(described.kind.text)/\(described.name.text) (target \(isAverage ? "average " : "")value)"
        case "External": title = "\"\(name)\" (target \(isAverage ? "average " : "")value)"
        default: title = "<unknown metric type \"\(metric.type.text)\">"
        }
        if target.averageUtilization.exists {
            let isKnown = now.averageUtilization.exists
            current = isKnown ? "\(now.averageUtilization.number)% (\(now.averageValue.textOrNumber))" : "<unknown>"
            self.target = "\(target.averageUtilization.number)%"
        } else {
            current = value.exists ? value.textOrNumber : "<unknown>"
            let wanted = isAverage ? target.averageValue : target.value
            self.target = wanted.exists ? wanted.textOrNumber : "<auto>"
        }
    }
}
