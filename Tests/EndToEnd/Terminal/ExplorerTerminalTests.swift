import Foundation
import Testing

@Suite(
    "The explorer in a terminal", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ExplorerTerminalTests {
    @Test("it opens on a live cluster, shows keys on ? and leaves a clean terminal")
    func openAndQuit() throws {
        let cluster = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let session = try TerminalSession(width: 120, height: 40, arguments: ["--kubeconfig", cluster.kubeconfig])
        try session.wait(for: "● live")
        try session.press("?")
        try session.wait(for: "┌ Help")
        try session.press("?", ":")
        try session.type("namespaces")
        try session.press("Enter")
        try session.wait(for: "┌ Namespaces[4]")
        try session.press("C-c")
        try session.waitForEnd()
        #expect(try session.screen.contains("exit=0"))
        #expect(try !session.screen.contains("┌"))
    }

    @Test("Esc and a colon that arrive together are two keys, and what is pasted presses none")
    func together() throws {
        let cluster = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let session = try TerminalSession(width: 80, height: 24, arguments: ["--kubeconfig", cluster.kubeconfig])
        try session.wait(for: "● live")
        try session.press("?")
        try session.wait(for: "┌ Help")
        try session.send("\u{1B}:")
        try session.type("namespaces")
        try session.press("Enter")
        try session.wait(for: "┌ Namespaces")
        try session.paste("?\u{7F}\u{1B}[Ay\n:quit\n")
        // Below the row that stands for all namespaces, which is no object to describe.
        try session.press("j", "d")
        try session.wait(for: "┌ Describe Namespace")
    }

    @Test("forty changes of size come to the last one")
    func manySizes() throws {
        let cluster = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let session = try TerminalSession(width: 80, height: 24, arguments: ["--kubeconfig", cluster.kubeconfig])
        try session.wait(for: "● live")
        for width in 60..<100 { try session.resize(width: width, height: width / 3) }
        try session.resize(width: 70, height: 12)
        try session.press("?")
        try session.wait(for: "┌ Help")
        #expect(try session.screen.split(separator: "\n").contains { $0.hasPrefix("└") && $0.hasSuffix("┘") && $0.count == 70 })
    }

    @Test("without its terminal it ends, though nobody signals it and something was left to read, and the cluster is gone too")
    func terminalGone() throws {
        var cluster: ServedCluster? = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let kubeconfig = try #require(cluster?.kubeconfig)
        let session = try TerminalSession(width: 80, height: 24, arguments: ["--kubeconfig", kubeconfig], hearsHangUp: false)
        try session.wait(for: "● live")
        try session.resize(width: 90, height: 30)
        try session.waitForFrame()
        cluster = nil
        session.takeAway()
        try session.waitForUnseenEnd()
    }

    @Test("a change of size is drawn at once, also to one that is too small, in which keys do nothing, and back")
    func resize() throws {
        let cluster = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let session = try TerminalSession(width: 80, height: 24, arguments: ["--kubeconfig", cluster.kubeconfig])
        try session.wait(for: "● live")
        try session.resize(width: 30, height: 6)
        try session.wait(for: "terminal too small")
        try session.press("?", ":")
        try session.type("quit")
        try session.press("Enter")
        try session.resize(width: 100, height: 30)
        try session.wait(for: "● live")
        #expect(try !session.screen.contains("┌ Help"))
        try session.resize(width: 30, height: 6)
        try session.wait(for: "terminal too small")
        try session.press("C-c")
        try session.waitForEnd()
    }

    @Test("SIGTERM and a crash leave a clean terminal", arguments: [(SIGTERM, 0), (SIGSEGV, 128 + SIGSEGV)] as [(Int32, Int32)])
    func signals(number: Int32, status: Int32) throws {
        let cluster = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let session = try TerminalSession(width: 80, height: 24, arguments: ["--kubeconfig", cluster.kubeconfig])
        try session.wait(for: "● live")
        kill(try session.program, number)
        try session.waitForEnd()
        #expect(try session.screen.contains("exit=\(status)\n"))
        #expect(try !session.screen.contains("┌"))
    }

    @Test("an unknown TERM is named and ends the command with 64")
    func unknownTerminal() throws {
        let cluster = try ServedCluster(scenario: "empty", arguments: ["--speed", "0"])
        let session = try TerminalSession(
            width: 80, height: 24, arguments: ["--kubeconfig", cluster.kubeconfig], environment: ["TERM": "no-such-terminal"]
        )
        try session.waitForEnd()
        #expect(try session.screen.contains("TERM=no-such-terminal is unknown"))
        #expect(try session.screen.contains("exit=64"))
    }
}
