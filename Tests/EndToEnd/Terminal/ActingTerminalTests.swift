import Foundation
import Testing

/// What is done to a cluster beyond a single request, in a real terminal against a served one.
@Suite(
    "Acting in a terminal", .serialized, .timeLimit(.minutes(3)), .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ActingTerminalTests {
    private func open(_ command: String, guarded: [String] = []) throws -> (ServedCluster, TerminalSession) {
        let cluster = try ServedCluster(scenario: "demo")
        let session = try TerminalSession(
            width: 120, height: 40, arguments: ["--kubeconfig", cluster.kubeconfig, "--command", command] + guarded, environment: [:]
        )
        return (cluster, session)
    }

    @Test("a debugging container is put into a pod, waited for and attached to")
    func debug() throws {
        let (cluster, session) = try open("pods shop /cart-redis")
        try session.wait(for: "1/1")
        try session.press("b")
        try session.wait(for: "Image: busybox")
        try session.press("Enter")
        try session.waitForText("Ctrl-] leaves it")
        try session.type("echo it-works-$((40 + 2))")
        try session.press("Enter")
        try session.waitForText("it-works-42")
        try session.press("C-]")
        try session.wait(for: "debugger-")
        withExtendedLifetime(cluster) {}
    }

    @Test("files are copied out of a container and into it")
    func copy() throws {
        let (cluster, session) = try open("pods shop /cart-redis")
        let file = cluster.folder.appending(path: "note.txt")
        try Data("from here\n".utf8).write(to: file)
        try session.wait(for: "1/1")
        try session.press("t")
        try session.wait(for: "┌ Copy ")
        try session.press("Right", "Tab")
        try session.type(file.path)
        try session.press("Tab")
        try session.type("/tmp")
        try session.press("Enter")
        try session.wait(for: "Copied \(file.path) to /tmp")
        try session.press("t")
        try session.wait(for: "┌ Copy ")
        try session.press("Tab")
        try session.type("/tmp/note.txt")
        try session.press("Tab")
        try session.type(cluster.folder.path + "/back.txt")
        try session.press("Enter")
        try session.wait(for: "Copied /tmp/note.txt")
        #expect(try String(contentsOf: cluster.folder.appending(path: "back.txt"), encoding: .utf8) == "from here\n")
        withExtendedLifetime(cluster) {}
    }

    @Test("files are tried on the server, applied in an order that works, and deleted by what they describe")
    func apply() throws {
        let (cluster, session) = try open("pods shop")
        let folder = cluster.folder.appending(path: "manifests")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let text = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: first, namespace: fresh}
            data: {a: "1"}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: fresh}
            """
        try Data(text.utf8).write(to: folder.appending(path: "all.yaml"))
        try session.wait(for: "1/1")
        try session.press(":")
        try session.type("apply \(folder.path)")
        try session.press("Enter")
        try session.wait(for: "will be created after the others")
        try session.press("a")
        try session.wait(for: "2 objects will be created or changed")
        try session.press("y")
        try session.wait(for: "Applied 2 ")
        try session.press("C-r")
        try session.wait(for: "unchanged")
        try session.press("Escape", ":")
        try session.type("dir \(folder.path)")
        try session.press("Enter")
        try session.wait(for: "all.yaml")
        try session.press("d")
        try session.wait(for: "2 of it are in the cluster")
        try session.press("y")
        try session.wait(for: "Deleted 2 ")
        withExtendedLifetime(cluster) {}
    }
}

/// Those that need a cluster to play with.
@Suite(
    "Acting on the simulated cluster", .serialized, .timeLimit(.minutes(3)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed"))
struct SimulatedActingTests {
    @Test("a shell on a node sees its files, and its pod goes with it")
    func nodeShell() throws {
        let session = try TerminalSession(width: 120, height: 40, arguments: ["--sim", "--command", "nodes"])
        try session.wait(for: "Ready")
        try session.press("s")
        try session.wait(for: "A privileged pod is placed there")
        try session.press("y")
        try session.waitForText("/ #")
        try session.type("cat /host/etc/hostname; touch /host/x")
        try session.press("Enter")
        try session.waitForText("Read-only file system")
        try session.type("exit")
        try session.press("Enter")
        try session.wait(for: "Left fathom-shell-")
        try session.press(":")
        try session.type("pods default")
        try session.press("Enter")
        try session.wait(for: "No pods")
    }
}
