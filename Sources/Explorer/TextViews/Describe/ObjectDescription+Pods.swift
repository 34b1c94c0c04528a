import KubernetesModel
import KubernetesSemantics

extension ObjectDescription {
    mutating func pod() {
        let spec = fields.spec
        let status = fields.status
        name()
        if spec.priority.exists { outline.field("Priority", "\(spec.priority.number)") }
        optional("Priority Class Name", spec.priorityClassName.text, kind: "PriorityClass")
        optional("Runtime Class Name", spec.runtimeClassName.text, kind: "RuntimeClass")
        optional("Service Account", spec.serviceAccountName.text, kind: "ServiceAccount")
        let node = spec.nodeName.text
        outline.field("Node", node.isEmpty ? "<none>" : "\(node)/\(status.hostIP.text)", link: link("Node", node))
        if status.startTime.exists { outline.field("Start Time", time(status.startTime.text)) }
        labelsAndAnnotations()
        podStatus()
        seccompProfile(spec.securityContext)
        outline.field("IP", status.podIP.text)
        podAddresses()
        controller()
        optional("NominatedNodeName", status.nominatedNodeName.text, kind: "Node")
        if spec.resources.exists {
            outline.heading("Resources")
            resources(spec.resources, depth: 1)
        }
        containers("Init Containers", spec.initContainers, status.initContainerStatuses)
        containers("Containers", spec.containers, status.containerStatuses)
        containers("Ephemeral Containers", spec.ephemeralContainers, status.ephemeralContainerStatuses)
        readinessGates()
        conditions()
        volumes(spec.volumes)
        outline.field("QoS Class", status.qosClass.text)
        placement(spec)
    }

    private mutating func podStatus() {
        let status = fields.status
        if let deleted = object.metadata.deletionTimestamp, !Pod(object).isFinished {
            outline.field("Status", "Terminating (lasts \(age(deleted)))")
            outline.field("Termination Grace Period", "\(fields.metadata.deletionGracePeriodSeconds.number)s")
        } else {
            outline.field("Status", status.phase.text)
        }
        optional("Reason", status.reason.text)
        optional("Message", status.message.text)
    }

    private mutating func seccompProfile(_ context: FieldReader, depth: Int = 0) {
        guard context.seccompProfile.exists else { return }
        outline.field("SeccompProfile", context.seccompProfile.type.text, depth: depth)
        if context.seccompProfile.type.text == "Localhost" {
            outline.field("LocalhostProfile", context.seccompProfile.localhostProfile.text, depth: depth)
        }
    }

    private mutating func podAddresses() {
        let addresses = fields.status.podIPs.elements
        guard !addresses.isEmpty else { return outline.field("IPs", "<none>") }
        outline.heading("IPs")
        for address in addresses { outline.field("IP", address.ip.text, depth: 1) }
    }

    private mutating func readinessGates() {
        let gates = fields.spec.readinessGates.elements
        guard !gates.isEmpty else { return }
        outline.heading("Readiness Gates")
        outline.table(
            ["Type", "Status"],
            gates.map { gate in
                let type = gate.conditionType.text
                return [LinkedText(type), LinkedText(fields.status.conditions.condition(type)?.status.text ?? "<none>")]
            })
    }

    mutating func optional(_ title: String, _ value: String, kind: String? = nil, depth: Int = 0) {
        if !value.isEmpty { outline.field(title, value, depth: depth, link: kind.flatMap { link($0, value) }) }
    }

    /// Where a pod may run.
    mutating func placement(_ spec: FieldReader, depth: Int = 0) {
        outline.pairs("Node-Selectors", spec.nodeSelector.json, separator: "=", depth: depth)
        let tolerations = spec.tolerations.elements.map { LinkedText(Self.toleration($0)) }
        outline.values("Tolerations", tolerations.isEmpty ? ["<none>"] : tolerations, depth: depth)
        spread(spec.topologySpreadConstraints, depth: depth)
    }

    mutating func spread(_ constraints: FieldReader, depth: Int) {
        let texts = constraints.elements.sorted { $0.topologyKey.text < $1.topologyKey.text }.map { constraint in
            let selector = constraint.labelSelector.exists ? " for selector \(self.selector(constraint.labelSelector))" : ""
            let skew = " when max skew \(constraint.maxSkew.number) is exceeded"
            return LinkedText("\(constraint.topologyKey.text):\(constraint.whenUnsatisfiable.text)\(skew)\(selector)")
        }
        if !texts.isEmpty { outline.values("Topology Spread Constraints", texts, depth: depth) }
    }

    /// `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`.
    static func toleration(_ toleration: FieldReader) -> String {
        var text = toleration.key.text
        if !toleration.value.text.isEmpty { text += "=\(toleration.value.text)" }
        if !toleration.effect.text.isEmpty { text += ":\(toleration.effect.text)" }
        let isExists = toleration.operator.text == "Exists"
        if isExists, toleration.value.text.isEmpty { text += (text.isEmpty ? "" : " ") + "op=Exists" }
        if toleration.tolerationSeconds.exists { text += " for \(toleration.tolerationSeconds.number)s" }
        return text
    }

    /// What the pods of a workload are made from.
    mutating func podTemplate(_ template: FieldReader) {
        let spec = template.spec
        outline.heading("Pod Template")
        outline.pairs("Labels", template.metadata.labels.json, separator: "=", depth: 1)
        if !template.metadata.annotations.members.isEmpty {
            outline.pairs("Annotations", annotations(template.metadata), separator: ": ", depth: 1)
        }
        optional("Service Account", spec.serviceAccountName.text, kind: "ServiceAccount", depth: 1)
        containers("Init Containers", spec.initContainers, FieldReader(nil), depth: 1)
        containers("Containers", spec.containers, FieldReader(nil), depth: 1)
        volumes(spec.volumes, depth: 1)
        optional("Priority Class Name", spec.priorityClassName.text, kind: "PriorityClass", depth: 1)
        placement(spec, depth: 1)
    }
}
