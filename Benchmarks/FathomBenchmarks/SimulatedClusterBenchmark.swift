import Foundation
import KubernetesModel
import SimulatedCluster

/// What the simulated cluster's API costs: holding pods, listing them, and telling watchers of their changes.
struct SimulatedClusterBenchmark {
    private static let pods = 10_000
    private static let watchers = 50
    private static let changes = 1_000
    private static let seconds = 10

    func run() async throws {
        // The catalogue, the nodes and the furniture are no pods' memory.
        let empty = try await Self.cluster(pods: 1)
        let before = Self.residentBytes
        let cluster = try await Self.cluster(pods: Self.pods)
        let held = Self.residentBytes - before
        _ = await empty.now
        let bytes = await list(on: cluster)
        Report.line("simulated cluster: \(Self.pods) pods of \(bytes / Self.pods) bytes of JSON")
        Self.report(held, bytes, "once loaded")
        await watch(cluster)
        // With the versions that the latest changes have replaced, from which watches can start.
        Self.report(Self.residentBytes - before, bytes, "after \(Self.changes * Self.seconds) changes and \(Self.watchers) watches")
    }

    private static func report(_ held: Int, _ bytes: Int, _ when: String) {
        Report.line("  memory \(when): \(held / pods) bytes a pod, \(text(Double(held) / Double(bytes))) times its JSON")
    }

    private static func cluster(pods: Int) async throws -> SimulatedCluster {
        let start = Instant(seconds: 1_785_578_400)
        let parameters = ["pods": "\(pods)", "nodes": "100", "churn": "\(changes)"]
        let cluster = SimulatedCluster(scenario: try ScenarioDefinition.builtIn("large", parameters: parameters), seed: 1, clock: start)
        await cluster.advance(to: start)
        return cluster
    }

    // MARK: Listing

    /// The best of three, and how many bytes a list has.
    private func list(on cluster: SimulatedCluster) async -> Int {
        var best = Duration.seconds(3600)
        var count = 0
        for _ in 0..<3 {
            let clock = ContinuousClock()
            let began = clock.now
            // A long list is encoded as it is read.
            switch await cluster.handle(Self.request("/api/v1/pods")).body {
            case .bytes(let bytes): count = bytes.count
            case .stream(let channel): count = channel.drain().count
            case .session, .deferred: break
            }
            best = min(best, began.duration(to: clock.now))
        }
        Report.line("  consistent list: \(Self.text(best / .milliseconds(1))) ms, \(count / 1_000_000) MB")
        return count
    }

    // MARK: Watching

    /// How much processor time ten seconds of changes take, with all watchers reading.
    private func watch(_ cluster: SimulatedCluster) async {
        var channels: [ByteChannel] = []
        let version = await Self.revision(of: cluster)
        for _ in 0..<Self.watchers {
            let response = await cluster.handle(Self.request("/api/v1/pods", [("watch", "1"), ("resourceVersion", version)]))
            if case .stream(let channel) = response.body { channels.append(channel) }
        }
        let used = Self.processorSeconds
        var received = 0
        for _ in 0..<(Self.seconds * 10) {
            await cluster.advance(to: await cluster.now + .milliseconds(100))
            for channel in channels { received += channel.drain().count }
        }
        let spent = Self.processorSeconds - used
        let isComplete = !channels.contains(where: \.isFinished)
        Report.line(
            "  \(channels.count) watchers, \(Self.changes) changes a second, \(Self.seconds) s: \(Self.text(spent)) s of processor, "
                + "\(received / 1_000_000) MB, \(isComplete ? "all kept up" : "some were cut off")"
        )
    }

    private static func revision(of cluster: SimulatedCluster) async -> String {
        let response = await cluster.handle(request("/api/v1/pods", [("limit", "1")]))
        guard case .bytes(let bytes) = response.body, let list = try? JSONParser.parse(bytes) else { return "0" }
        return list[path: ["metadata", "resourceVersion"]]?.stringValue ?? "0"
    }

    // MARK: Measuring

    private static func request(_ path: String, _ query: [(name: String, value: String)] = []) -> APIRequest {
        let identity = ClientIdentity(commonName: "kubernetes-admin", organizations: ["system:masters"])
        return APIRequest(method: "GET", path: path, query: query, clientCertificate: identity)
    }

    private static func text(_ number: Double) -> String {
        String(format: "%.2f", number)
    }

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// As the kernel counts it, in pages of 4 KiB.
    private static var residentBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}
