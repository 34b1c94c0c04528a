import Foundation

/// From the start of the process to the first frame that shows all pods, and the memory that took; kubectl beside it.
struct StartupBenchmark {
    private let runs = 3

    func run() throws {
        for pods in [50, 10_000] { try measure(pods: pods) }
    }

    private func measure(pods: Int) throws {
        let server = try CrowdServer(pods: pods, changesPerSecond: 0)
        defer { server.stop() }
        var times: [Double] = []
        var memory = 0
        for _ in 0..<runs {
            let (seconds, peak) = try explore(server)
            times.append(seconds)
            memory = max(memory, peak)
        }
        Report.row("fathom, first full frame, \(pods) pods", Report.seconds(times), "peak \(memory >> 20) MiB")
        try measureKubectl(pods: pods, kubeconfig: server.kubeconfig)
    }

    private func explore(_ server: CrowdServer) throws -> (seconds: Double, peakMemory: Int) {
        let start = ContinuousClock.now
        let explorer = try ExploredPods(server)
        defer { explorer.end() }
        return (start.duration(to: .now) / .seconds(1), explorer.terminal.peakMemory)
    }

    private func measureKubectl(pods: Int, kubeconfig: String) throws {
        guard let kubectl = Self.kubectl else {
            Report.row("kubectl get pods -A, \(pods) pods", "not installed", "")
            return
        }
        var times: [Double] = []
        for _ in 0..<runs {
            let process = Process()
            process.executableURL = URL(filePath: kubectl)
            process.arguments = ["--kubeconfig", kubeconfig, "get", "pods", "-A"]
            process.standardOutput = FileHandle.nullDevice
            let start = ContinuousClock.now
            try process.run()
            process.waitUntilExit()
            times.append(start.duration(to: .now) / .seconds(1))
        }
        Report.row("kubectl get pods -A, \(pods) pods", Report.seconds(times), "whole process")
    }

    private static var kubectl: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/kubectl" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
