import KubernetesClient
import KubernetesModel
import ResourceTables

/// What is used in the session's cluster, asked for every now and then.
package final class MetricsWatch {
    /// As often as metrics-server measures.
    static let interval = Duration.seconds(15)
    private static let historyLimit = 240

    private(set) var report: UsageReport?
    /// What pods can get of the nodes, all together; set by who knows the nodes.
    var allocatable = CPUAndMemory()
    private(set) var cpuHistory: [Double] = []
    private(set) var memoryHistory: [Double] = []
    /// Told after every report, and when there is none any more.
    var listeners = Listeners()
    private var polling: Task<Void, Never>?

    func start(_ client: ClusterClient) {
        polling = Task { [weak self] in
            repeat {
                let report = try? await client.usage()
                guard let self, !Task.isCancelled else { return }
                take(report)
            } while (try? await Task.sleep(for: Self.interval)) != nil
        }
    }

    func stop() {
        polling?.cancel()
        polling = nil
    }

    func take(_ new: UsageReport?) {
        // A metrics API that has measured nothing yet tells as little as none.
        let new = new.flatMap { $0.pods.isEmpty && $0.nodes.isEmpty ? nil : $0 }
        guard new != nil || report != nil else { return }
        report = new
        if let cpu { cpuHistory = (cpuHistory + [cpu]).suffix(Self.historyLimit) }
        if let memory { memoryHistory = (memoryHistory + [memory]).suffix(Self.historyLimit) }
        listeners.tell()
    }

    /// How much of the nodes' CPU is used, in percent; nil while it is not known.
    var cpu: Double? { CPUAndMemory.share(report?.total.cpu, of: allocatable.cpu) }
    var memory: Double? { CPUAndMemory.share(report?.total.memory, of: allocatable.memory) }
}
