/// Where a pod can run, and why not elsewhere.
package struct SchedulingVerdict: Sendable, Hashable {
    /// Names of the nodes that can run it, in the order they were given.
    package var feasible: [String] = []
    package var rejections: [String: [NodeRejection]] = [:]
    /// What keeps the pod from every node alike.
    package var obstacle: String?
    package var nodeCount: Int
    /// Whether the pod may take the place of others.
    package var preempts = true

    package init(nodeCount: Int, obstacle: String? = nil) {
        self.nodeCount = nodeCount
        self.obstacle = obstacle
    }

    /// The message of the event `FailedScheduling` and of the condition `PodScheduled`; nil when there is a node.
    package var message: String? {
        guard feasible.isEmpty else { return nil }
        guard nodeCount > 0 else { return obstacle }
        if let obstacle { return "0/\(nodeCount) nodes are available: \(obstacle). not found" }
        return "\(summary) no new claims to deallocate, \(preemption)"
    }

    /// The same while other pods make room for this one.
    package var summary: String {
        "0/\(nodeCount) nodes are available: \(Self.tally(rejections.values.flatMap { $0.map(\.reason) }))."
    }

    private var preemption: String {
        guard preempts else { return "preemption: not eligible due to preemptionPolicy=Never." }
        let outcomes = rejections.values.map { rejections in
            rejections.allSatisfy(\.yieldsToPreemption)
                ? "No preemption victims found for incoming pod" : "Preemption is not helpful for scheduling"
        }
        return "preemption: 0/\(nodeCount) nodes are available: \(Self.tally(outcomes))."
    }

    /// `2 Insufficient cpu, 4 node(s) …`: sorted as text, as the scheduler does it.
    private static func tally(_ reasons: [String]) -> String {
        var counts: [String: Int] = [:]
        for reason in reasons { counts[reason, default: 0] += 1 }
        return counts.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
    }
}
