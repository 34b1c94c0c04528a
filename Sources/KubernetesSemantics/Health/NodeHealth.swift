/// Whether a node is healthy.
enum NodeHealth {
    static func verdict(_ node: FieldReader) -> HealthVerdict {
        guard let ready = node.status.conditions.condition("Ready") else {
            return HealthVerdict(.unknown, "the kubelet has not reported yet")
        }
        guard ready.status.text == "True" else {
            return HealthVerdict(.failing, ready.message.text(or: ready.reason.text(or: "not ready")))
        }
        let troubles = node.status.conditions.elements.filter { $0["type"].text != "Ready" && $0.status.text == "True" }
        if let trouble = troubles.first { return HealthVerdict(.warning, trouble.message.text(or: trouble["type"].text)) }
        if node.spec.unschedulable.flag { return HealthVerdict(.warning, "cordoned") }
        return .ok
    }
}
