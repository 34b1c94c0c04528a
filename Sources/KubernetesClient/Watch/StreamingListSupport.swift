import KubernetesModel
import Synchronization

/// Which groups and versions turned out not to stream lists: the servers behind them may be others than the cluster's own.
final class StreamingListSupport: Sendable {
    private let excluded = Mutex<Set<GroupVersion>>([])

    func isSupported(by groupVersion: GroupVersion) -> Bool {
        excluded.withLock { !$0.contains(groupVersion) }
    }

    func exclude(_ groupVersion: GroupVersion) {
        _ = excluded.withLock { $0.insert(groupVersion) }
    }
}
