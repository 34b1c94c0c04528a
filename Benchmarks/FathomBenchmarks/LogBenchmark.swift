import Foundation
import KubernetesClient
import KubernetesModel

/// The log of a pod that writes 50,000 lines a second: whether all of them are read, and how keys are answered meanwhile.
struct LogBenchmark {
    private static let presses = 200
    /// A time of 30 characters, a blank, five digits and the end of the line.
    private static let bytesPerLine = 37

    func run() async throws {
        let server = try CrowdServer(scenario: "empty")
        defer { server.stop() }
        try await start(in: server)
        let explorer = try ExploredPods(server)
        defer { explorer.end() }
        _ = try explorer.press("l")
        sleep(3)
        let before = (start: ContinuousClock.now, bytes: explorer.terminal.bytesRead, processor: explorer.terminal.processorTime)
        var times: [Double] = []
        for press in 1...Self.presses {
            times.append(try explorer.press(["k", "G", "t", "t"][press % 4]).inside)
            usleep(40_000)
        }
        let passed = before.start.duration(to: .now) / .seconds(1)
        let lines = Double(explorer.terminal.bytesRead - before.bytes) / Double(Self.bytesPerLine) / passed
        let share = (explorer.terminal.processorTime - before.processor) / passed * 100
        guard lines > 10_000 else {
            throw PseudoTerminal.SpawnError(description: "the explorer does not follow the log: \(Int(lines)) lines/s")
        }
        Report.row(
            "log of 50000 lines/s", "\(Int(lines)) lines/s read",
            "processor \(Report.percent(share)), peak \(explorer.terminal.peakMemory >> 20) MiB")
        Report.row("  key to frame meanwhile", Report.milliseconds(times), "\(Self.presses) keys, inside the program")
    }

    /// A pod that counts: 5,000 lines, ten times a second.
    private func start(in server: CrowdServer) async throws {
        let client = ClusterClient(try ClusterConfiguration.load(path: server.kubeconfig))
        let pods = GroupVersionResource(resource: "pods")
        let pod: JSONObject = [
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "chatter"],
            "spec": [
                "containers": [
                    [
                        "name": "app", "image": "busybox:1.36",
                        "command": ["sh", "-c", "while true; do seq 10001 15000; sleep 0.1; done"],
                    ]
                ]
            ],
        ]
        _ = try await client.create(KubernetesObject(pod), as: pods, namespace: "default")
        while try await client.get(pods, namespace: "default", name: "chatter").status["phase"]?.stringValue != "Running" {
            try await Task.sleep(for: .milliseconds(200))
        }
        await client.shutdown()
    }
}
