import KubernetesModel
import TextUI

/// What has to leave a node when it is drained, and what stays.
struct DrainPlan {
    let node: ObjectTarget
    /// Whether it takes no pods already, whatever becomes of the drain.
    let isCordoned: Bool
    /// Those to evict.
    private(set) var leaving: [KubernetesObject] = []
    /// Managed by DaemonSets, which would only bring them back, or by the node itself.
    private(set) var staying: [KubernetesObject] = []
    /// Those that nobody will bring back elsewhere.
    private(set) var orphans: [KubernetesObject] = []
    /// Those whose `emptyDir` goes with them.
    private(set) var losingData: [KubernetesObject] = []

    init(node: ObjectTarget, isCordoned: Bool = false, pods: [KubernetesObject]) {
        self.node = node
        self.isCordoned = isCordoned
        for pod in pods.sorted(by: { $0.key < $1.key }) {
            if pod.metadata.controller?.kind == "DaemonSet" || pod.metadata.annotations["kubernetes.io/config.mirror"] != nil {
                staying.append(pod)
                continue
            }
            leaving.append(pod)
            if Pod(pod).isFinished { continue }
            if pod.metadata.controller == nil { orphans.append(pod) }
            let volumes = pod.spec["volumes"]?.arrayValue ?? []
            if volumes.contains(where: { $0["emptyDir"] != nil }) { losingData.append(pod) }
        }
    }

    func lines(budgets: [KubernetesObject], theme: Theme) -> [StyledText] {
        let style = theme[.dialog]
        let warning = style.with(foreground: theme[.statusPending].foreground)
        var lines = [
            StyledText(
                "\(node.name): \(leaving.count) \(leaving.count == 1 ? "pod leaves" : "pods leave"), \(staying.count) stay",
                style.with(.bold))
        ]
        if !orphans.isEmpty { lines.append(StyledText("! nothing brings back \(Self.names(orphans))", warning)) }
        if !losingData.isEmpty { lines.append(StyledText("! emptyDir data is lost of \(Self.names(losingData))", warning)) }
        for budget in budgets {
            guard let selector = try? LabelSelector(object: budget.spec["selector"]) else { continue }
            let count = leaving.count { $0.namespace == budget.namespace && selector.matches($0.metadata.labels) }
            guard count > 0 else { continue }
            let allowed = budget.status["disruptionsAllowed"]?.intValue ?? 0
            let text = "budget \(budget.key): \(allowed) of these \(count) may go at once"
            lines.append(StyledText((allowed == 0 ? "! " : "  ") + text, allowed == 0 ? warning : style))
        }
        return lines
    }

    private static func names(_ pods: [KubernetesObject]) -> String {
        let names = pods.prefix(4).map { $0.key.description }.joined(separator: ", ")
        return pods.count > 4 ? names + " and \(pods.count - 4) more" : names
    }
}
