import Foundation

/// From a key pressed to the frame that answers it, while 10,000 pods change 500 times a second; and what an explorer costs that has
/// nothing to do.
struct ResponseBenchmark {
    private let presses = 500

    func run() throws {
        try measureKeys()
        try measureIdling()
    }

    private func measureKeys() throws {
        let server = try CrowdServer(pods: 10_000, changesPerSecond: 500)
        defer { server.stop() }
        let explorer = try ExploredPods(server)
        defer { explorer.end() }
        // Moving by rows and pages, to the ends, and choosing a column: what fingers do most.
        let keys = ["j", "j", "k", "\u{06}", "j", "\u{02}", "G", "k", "g"]
        var times: [(inside: Double, outside: Double)] = []
        for press in 1...presses {
            times.append(try explorer.press(keys[press % keys.count]))
            usleep(UInt32(20_000 + (press * 7919) % 20_000))
        }
        Report.row(
            "key to frame, 10000 pods, 500 changes/s", Report.milliseconds(times.map(\.inside)), "\(presses) keys, inside the program")
        Report.row("  the same", Report.milliseconds(times.map(\.outside)), "through the terminal and the pipe that tells")
        try measureFollowing(explorer)
    }

    /// What following the changes costs; keys are answered quickly, too, by an explorer that has lost them.
    private func measureFollowing(_ explorer: ExploredPods) throws {
        let seconds: UInt32 = 10
        let before = explorer.terminal.bytesRead
        let share = explorer.processorShare(over: seconds)
        let speed = (explorer.terminal.bytesRead - before) / Int(seconds) / 1000
        guard speed > 500 else {
            throw PseudoTerminal.SpawnError(description: "the explorer follows no changes: it read \(speed) KB a second")
        }
        Report.row("  processor of the explorer meanwhile", Report.percent(share), "\(speed) KB/s of changes read")
    }

    private func measureIdling() throws {
        for pods in [50, 10_000] {
            let server = try CrowdServer(pods: pods, changesPerSecond: 0)
            defer { server.stop() }
            let explorer = try ExploredPods(server)
            defer { explorer.end() }
            sleep(5)
            Report.row("idle cluster of \(pods) pods", Report.percent(explorer.processorShare(over: 30)), "of one core, over 30 s")
        }
    }
}
