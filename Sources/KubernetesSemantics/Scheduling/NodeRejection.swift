/// Why a pod cannot run on a node, in the scheduler's words and with what it leaves out.
package struct NodeRejection: Sendable, Hashable {
    /// As in `node(s) had untolerated taint(s)`.
    package var reason: String
    /// What about this node: the taint, the missing label, the amount that is free.
    package var detail: String
    /// Whether evicting other pods could help.
    package var yieldsToPreemption: Bool

    package init(_ reason: String, detail: String, yieldsToPreemption: Bool = false) {
        self.reason = reason
        self.detail = detail
        self.yieldsToPreemption = yieldsToPreemption
    }
}
