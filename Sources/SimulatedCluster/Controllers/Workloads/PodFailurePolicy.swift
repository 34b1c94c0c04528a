import KubernetesModel

/// What a Job wants done about a pod that failed in a certain way.
struct PodFailurePolicy {
    enum Verdict: Equatable {
        /// Counts towards the back-off limit.
        case count
        case ignore
        case failIndex
        case failJob(message: String)
    }

    private let rules: [JSONValue]

    init(_ job: KubernetesObject) {
        rules = job.spec["podFailurePolicy"]?["rules"]?.arrayValue ?? []
    }

    /// The first rule that matches decides.
    func verdict(on pod: KubernetesObject) -> Verdict {
        for (index, rule) in rules.enumerated() {
            guard let cause = match(rule, pod) else { continue }
            let action = rule["action"]?.stringValue ?? ""
            switch action {
            case "FailJob": return .failJob(message: "\(cause) matching \(action) rule at index \(index)")
            case "FailIndex": return .failIndex
            case "Ignore": return .ignore
            default: return .count
            }
        }
        return .count
    }

    private func match(_ rule: JSONValue, _ pod: KubernetesObject) -> String? {
        if let wanted = rule["onExitCodes"] { return exit(wanted, pod) }
        for pattern in rule["onPodConditions"]?.arrayValue ?? [] {
            guard let type = pattern["type"]?.stringValue, pod.condition(type)?["status"] == pattern["status"] ?? "True" else { continue }
            return "Pod \(pod.key) has condition \(type)"
        }
        return nil
    }

    private func exit(_ wanted: JSONValue, _ pod: KubernetesObject) -> String? {
        let values = (wanted["values"]?.arrayValue ?? []).compactMap(\.intValue)
        let lists = ["initContainerStatuses", "containerStatuses"].flatMap { pod.status[$0]?.arrayValue ?? [] }
        for status in lists where wanted["containerName"] == nil || wanted["containerName"] == status["name"] {
            guard let code = status["state"]?["terminated"]?["exitCode"]?.intValue, code != 0 else { continue }
            guard values.contains(code) == (wanted["operator"] == "In") else { continue }
            return "Container \(status["name"]?.stringValue ?? "") for pod \(pod.key) failed with exit code \(code)"
        }
        return nil
    }
}
