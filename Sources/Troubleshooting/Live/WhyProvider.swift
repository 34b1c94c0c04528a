package import KubernetesClient
package import KubernetesModel

/// Diagnoses a cluster over and over as it changes, for whoever shows the latest cause.
///
/// It watches; it asks for nothing again except the logs that a hypothesis depends on, and only while there is one.
package struct WhyProvider: Sendable {
    /// Changes come in swarms: they are looked at together.
    private static let leastPause = Duration.milliseconds(500)
    private static let longestPause = Duration.seconds(30)
    /// However large the cluster and however busy, judging takes a fiftieth of a processor at the most.
    private static let pausesPerWork = 50
    /// How soon logs are looked at again while a hypothesis depends on them.
    private static let logAge = Duration.seconds(10)

    private let client: ClusterClient
    private let cluster: String
    private let namespace: String?
    private let now: @Sendable () -> Instant

    /// - Parameter namespace: where is looked at what may not be read in all of them.
    package init(
        _ client: ClusterClient, cluster: String, namespace: String? = nil, now: @escaping @Sendable () -> Instant = { .wallClock }
    ) {
        self.client = client
        self.cluster = cluster
        self.namespace = namespace
        self.now = now
    }

    /// The latest diagnosis whenever it changes; older ones that nobody took are left out. Ends with its reader.
    package func diagnoses() -> AsyncStream<Diagnosis> {
        let (stream, continuation) = AsyncStream.makeStream(of: Diagnosis.self, bufferingPolicy: .bufferingNewest(1))
        let task = Task(priority: .utility) {
            await run { continuation.yield($0) }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func run(_ report: @escaping @Sendable (Diagnosis) -> Void) async {
        await FactsWatch(client, namespace: namespace, at: now()).follow { await judge($0, report) }
    }

    private func judge(_ watch: FactsWatch, _ report: @escaping @Sendable (Diagnosis) -> Void) async {
        var last: Diagnosis?
        var logs = LogCache()
        var reminder: Task<Void, Never>?
        var pause = Self.leastPause
        for await _ in watch.changes {
            reminder?.cancel()
            guard (try? await Task.sleep(for: pause)) != nil else { break }
            guard var facts = await watch.facts(at: now()) else { continue }
            let start = ContinuousClock.now
            let inquiries = DiagnosisEngine.inquiries(facts).prefix(FactsCollector.logPods)
            var work = ContinuousClock.now - start
            await FactsCollector(client: client).readLogs(of: logs.stale(inquiries, facts, now: .now), into: &facts)
            logs.complete(&facts)
            let judging = ContinuousClock.now
            let diagnosis = DiagnosisEngine.diagnose(facts, cluster: cluster)
            work += .now - judging
            pause = min(max(Self.leastPause, work * Self.pausesPerWork), Self.longestPause)
            if !diagnosis.saysTheSame(as: last) { report(diagnosis) }
            last = diagnosis
            if !inquiries.isEmpty {
                reminder = Task {
                    guard (try? await Task.sleep(for: Self.logAge)) != nil else { return }
                    watch.wake()
                }
            }
        }
        reminder?.cancel()
    }

    /// The logs read last, so that a busy cluster is not asked for them at every change. Those of a pod to which nothing happens are
    /// read less and less often.
    private struct LogCache {
        private struct Reading {
            var pod: PodFacts?
            var at: ContinuousClock.Instant
            var patience: Duration
        }

        private static let longestPatience = Duration.seconds(60)

        private var readings: [ObjectKey: Reading] = [:]
        private var lines: [ObjectKey: [ClusterFacts.LogExcerpt]] = [:]

        /// Those of `pods` whose logs are to be read now; the others are forgotten unless asked for again.
        mutating func stale(_ pods: some Sequence<ObjectKey>, _ facts: ClusterFacts, now: ContinuousClock.Instant) -> [ObjectKey] {
            let wanted = Set(pods)
            readings = readings.filter { wanted.contains($0.key) }
            lines = lines.filter { wanted.contains($0.key) }
            return pods.filter { key in
                let last = readings[key]
                let isSame = last?.pod === facts.pods[key]
                if let last, now - last.at < (isSame ? last.patience : WhyProvider.logAge) { return false }
                let patience = last.flatMap { isSame ? min($0.patience * 2, Self.longestPatience) : nil } ?? WhyProvider.logAge
                readings[key] = Reading(pod: facts.pods[key], at: now, patience: patience)
                return true
            }
        }

        /// Keeps what was read, and adds what is still fresh.
        mutating func complete(_ facts: inout ClusterFacts) {
            for (key, read) in facts.logs { lines[key] = read }
            facts.logs = lines
        }
    }
}
