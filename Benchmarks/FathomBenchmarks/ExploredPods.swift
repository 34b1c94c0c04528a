import Foundation

/// An explorer on the pods of a cluster, in a terminal of its own, with all of them on its screen's table.
final class ExploredPods {
    let terminal: PseudoTerminal
    let status: StatusPipe

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

    func end() {
        terminal.end()
    }
}
