import Foundation
import Testing

/// What people do all day, in a real terminal against a served cluster.
@Suite(
    "A working day in a terminal", .serialized, .timeLimit(.minutes(3)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct WorkingDayTests {
    private func open(_ command: String, width: Int = 120) throws -> (ServedCluster, TerminalSession) {
        let cluster = try ServedCluster(scenario: "demo")
        let session = try TerminalSession(width: width, height: 40, arguments: ["--kubeconfig", cluster.kubeconfig, "--command", command])
        try session.wait(for: "● live")
        return (cluster, session)
    }

    @Test("a shell in a pod has the terminal, and gives it back")
    func shell() throws {
        let (cluster, session) = try open("pods shop /cart-redis")
        try session.wait(for: "1/1")
        try session.press("s")
        try session.waitForText("/ #")
        try session.type("echo it-works-$((40 + 2))")
        try session.press("Enter")
        try session.waitForText("it-works-42")
        try session.type("exit")
        try session.press("Enter")
        try session.wait(for: "Left cart-redis")
        withExtendedLifetime(cluster) {}
    }

    @Test("a deployment is scaled, and what was done is taken back")
    func scaleAndUndo() throws {
        let (cluster, session) = try open("deployments shop /shipping")
        try session.wait(for: "1/1")
        try session.press("s")
        try session.wait(for: "Replicas: 1")
        try session.press("BSpace")
        try session.type("2")
        try session.press("Enter")
        try session.wait(for: "2/2")
        try session.press("C-u")
        try session.wait(for: "bring back what was before?")
        try session.press("Tab", "Enter")
        try session.wait(for: "1/1")
        withExtendedLifetime(cluster) {}
    }

    @Test("a node is drained pod by pod, and stays cordoned")
    func drain() throws {
        let (cluster, session) = try open("nodes")
        try session.wait(for: "Ready")
        try session.press("r")
        try session.wait(for: "pods leave")
        try session.press("y")
        try session.wait(for: " done ")
        try session.press("Escape")
        try session.wait(for: "SchedulingDisabled")
        withExtendedLifetime(cluster) {}
    }

    @Test("the cause is found, repaired with one key, and the repair is watched")
    func repair() throws {
        let (cluster, session) = try open("troubleshoot")
        try session.wait(for: "Network policy blocks DNS")
        try session.press("f")
        try session.wait(for: "┌ Fix ")
        try session.press("Tab", "Enter")
        try session.wait(for: "┌ Repair ")
        try session.wait(for: "✓ Deployment shop/cart")
        withExtendedLifetime(cluster) {}
    }

    @Test("related objects, a split and tabs are where they were left")
    func views() throws {
        let (cluster, session) = try open("services shop /cart-redis")
        try session.wait(for: "ClusterIP")
        try session.press("R")
        try session.wait(for: "▾ Selects")
        try session.press("Escape", ":")
        try session.type("split nodes")
        try session.press("Enter")
        try session.wait(for: "┐┌ Nodes")
        try session.press("M-t")
        try session.wait(for: "2 overview")
        try session.press("M-b")
        try session.wait(for: "┐┌ Nodes")
        withExtendedLifetime(cluster) {}
    }
}
