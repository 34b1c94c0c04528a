import Foundation

/// An explorer on the pods of a cluster, in a terminal of its own, with all of them on its screen's table.
final class ExploredPods {
    let terminal: PseudoTerminal
    let status: StatusPipe

    /// How many keys were pressed.
    private var presses = 0

    /// Returns with the first full frame.
    init(_ server: CrowdServer) throws {
        status = try StatusPipe(in: server.folder)
        let environment = ["FATHOM_STATUS_FIFO": status.path, "TERM": "xterm-256color", "XDG_CONFIG_HOME": server.folder.path]
        terminal = try PseudoTerminal(
            CrowdServer.fathom.path, ["--kubeconfig", server.kubeconfig, "-A", "--command", ":pods"], columns: 120, rows: 40,
            environment: environment
        )
        guard status.waitForFullFrame(seconds: 120) else {
            terminal.end()
            throw PseudoTerminal.SpawnError(description: "the explorer showed no full frame within two minutes")
        }
    }

    /// Presses a key.
    /// - Returns: the milliseconds until the frame that answers it, by the explorer's own clock and through the terminal.
    func press(_ key: String) throws -> (inside: Double, outside: Double) {
        presses += 1
        let start = ContinuousClock.now
        terminal.type(key)
        guard let inside = status.waitForAnswer(to: presses, seconds: 10) else {
            throw PseudoTerminal.SpawnError(description: "key \(presses) was not answered within ten seconds")
        }
        return (inside, start.duration(to: .now) / .milliseconds(1))
    }

    /// How much of a core it uses, in percent.
    func processorShare(over seconds: UInt32) -> Double {
        let before = terminal.processorTime
        sleep(seconds)
        return (terminal.processorTime - before) / Double(seconds) * 100
    }

    func end() {
        terminal.end()
    }
}
