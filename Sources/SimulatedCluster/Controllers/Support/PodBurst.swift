/// How many pods a workload makes in one turn. The change that this is brings the next turn.
enum PodBurst {
    /// More are not created or deleted in one go.
    static let size = 8
    /// No more are created while so many wait for a node: a cluster that is asked for millions of pods has to stay of use.
    private static let mostWaiting = 1_000

    /// - Parameter waiting: how many of the workload's pods have no node yet.
    static func size(waiting: Int) -> Int {
        waiting < mostWaiting ? size : 0
    }
}
