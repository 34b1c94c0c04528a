import Foundation

/// From the start of the process to the first frame that shows all pods, and the memory that took; kubectl beside it.
struct StartupBenchmark {
    private let fathom: URL
    private let folder: URL
    private let runs = 3

    init() throws {
        fathom = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "fathom")
        folder = FileManager.default.temporaryDirectory.appending(path: "fathom-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func run() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for pods in [50, 10_000] { try measure(pods: pods) }
    }

    private func measure(pods: Int) throws {
        let kubeconfig = folder.appending(path: "\(pods).yaml").path
        let server = try serve(pods: pods, kubeconfig: kubeconfig)
        defer {
            server.terminate()
            server.waitUntilExit()
        }
        var times: [Double] = []
        var memory = 0
        for _ in 0..<runs {
            let (seconds, peak) = try explore(kubeconfig: kubeconfig)
            times.append(seconds)
            memory = max(memory, peak)
        }
        Report.row("fathom, first full frame, \(pods) pods", Report.seconds(times), "peak \(memory >> 20) MiB")
        try measureKubectl(pods: pods, kubeconfig: kubeconfig)
    }

    private func serve(pods: Int, kubeconfig: String) throws -> Process {
        let process = Process()
        let output = Pipe()
        process.executableURL = fathom
        let scenario = "large:pods=\(pods),nodes=\(max(2, pods / 100)),churn=0"
        process.arguments = ["sim", "serve", "--scenario", scenario, "--port", "0", "--kubeconfig", kubeconfig]
        process.standardOutput = output
        try process.run()
        // It prints a line when it serves.
        guard try output.fileHandleForReading.read(upToCount: 1) != nil else {
            throw PseudoTerminal.SpawnError(description: "the simulated cluster did not start")
        }
        return process
    }

    private func explore(kubeconfig: String) throws -> (seconds: Double, peakMemory: Int) {
        let pipe = try StatusPipe(in: folder)
        let environment = ["FATHOM_STATUS_FIFO": pipe.path, "TERM": "xterm-256color", "XDG_CONFIG_HOME": folder.path]
        let start = ContinuousClock.now
        let terminal = try PseudoTerminal(
            fathom.path, ["--kubeconfig", kubeconfig, "-A", "--command", ":pods"], columns: 120, rows: 40, environment: environment
        )
        defer { terminal.end() }
        guard pipe.waitForFullFrame(seconds: 120) else {
            throw PseudoTerminal.SpawnError(description: "the explorer showed no full frame within two minutes")
        }
        return (start.duration(to: .now) / .seconds(1), terminal.peakMemory)
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
