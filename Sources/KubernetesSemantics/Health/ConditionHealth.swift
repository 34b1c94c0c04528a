/// Whether an object of a kind that nobody here knows is healthy, by the conditions of the Kubernetes API conventions and of
/// kstatus (`Reconciling`, `Stalled`).
enum ConditionHealth {
    private static let failsWhenTrue: Set<String> = ["Stalled", "Failed", "Failure", "Error", "Degraded"]
    private static let failsWhenFalse = ["Ready", "Available", "Healthy", "Synced", "Accepted", "Programmed", "Established"]
    private static let progressWhenTrue = ["Reconciling", "Progressing", "Creating", "Updating"]

    static func verdict(_ object: FieldReader) -> HealthVerdict {
        let conditions = object.status.conditions
        if conditions.elements.isEmpty { return HealthVerdict(.unknown) }
        let isBehind =
            object.status.observedGeneration.exists && object.status.observedGeneration.number < object.metadata.generation.number
        if isBehind { return HealthVerdict(.progressing, "not looked at yet") }
        if let broken = conditions.elements.first(where: { failsWhenTrue.contains($0["type"].text) && $0.status.text == "True" }) {
            let level: HealthVerdict.Level = broken["type"].text == "Degraded" ? .warning : .failing
            return HealthVerdict(level, text(of: broken))
        }
        for type in progressWhenTrue {
            if let condition = conditions.condition(type), condition.status.text == "True", !isReady(conditions) {
                return HealthVerdict(.progressing, text(of: condition))
            }
        }
        var isKnown = false
        for type in failsWhenFalse {
            guard let condition = conditions.condition(type) else { continue }
            switch condition.status.text {
            case "True": isKnown = true
            case "False": return HealthVerdict(.failing, text(of: condition))
            default: return HealthVerdict(.progressing, text(of: condition))
            }
        }
        return isKnown ? .ok : HealthVerdict(.unknown)
    }

    private static func isReady(_ conditions: FieldReader) -> Bool {
        ["Ready", "Available"].contains { conditions.condition($0)?.status.text == "True" }
    }

    private static func text(of condition: FieldReader) -> String {
        condition.message.text(or: condition.reason.text(or: "\(condition["type"].text) is \(condition.status.text)"))
    }
}
