import Foundation
import Testing

/// What is done to a cluster beyond a single request, in a real terminal against a served one.
@Suite(
    "A working day: acting", .serialized, .timeLimit(.minutes(10)), .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ActingTerminalTests {
    @Test("a debugging container is put into a pod, waited for and attached to")
    func debug() async throws {
        let day = try await Workplace("pods shop /cart-redis")
        try day.wait(for: "Running")
        try day.press("b", shows: "Image: busybox")
        try day.press("Enter", shows: "Ctrl-] leaves it")
        try day.session.send("echo it-works-$((40 + 2))\r")
        try day.wait(for: "it-works-42")
        try day.session.send("\u{1D}")
        try day.wait(for: "debugger-")
    }

    @Test("files are copied out of a container and into it")
    func copy() async throws {
        let day = try await Workplace("pods shop /cart-redis")
        let file = day.cluster.folder.appending(path: "note.txt")
        try Data("from here\n".utf8).write(to: file)
        try day.wait(for: "Running")
        try day.press("t", shows: "┌ Copy ")
        // The form begins with what has to be typed, below the direction.
        try day.session.press("BTab", "Right", "Tab")
        try day.session.type(file.path)
        try day.session.press("Tab")
        try day.session.type("/tmp")
        try day.press("Enter", shows: "Copied ")
        try day.press("t", shows: "┌ Copy ")
        try day.session.type("/tmp/note.txt")
        try day.session.press("Tab")
        try day.session.type(day.cluster.folder.path + "/back.txt")
        try day.press("Enter", shows: "Copied /tmp/note.txt")
        let back = day.cluster.folder.appending(path: "back.txt")
        #expect(try String(contentsOf: back, encoding: .utf8) == "from here\n")

        // What is there is not replaced unasked, and declining leads back to the form as it was filled in.
        try Data("mine\n".utf8).write(to: back)
        try day.press("t", shows: "┌ Copy ")
        try day.session.type("/tmp/note.txt")
        try day.session.press("Tab")
        try day.session.type(back.path)
        try day.press("Enter", shows: "Replace it?")
        try day.press("n", shows: "From:")
        #expect(try day.line(with: "From:").contains("/tmp/note.txt"))
        #expect(try String(contentsOf: back, encoding: .utf8) == "mine\n")
    }

    @Test("files are tried on the server, applied in an order that works, and deleted by what they describe")
    func apply() async throws {
        let day = try await Workplace("pods shop")
        let folder = day.cluster.folder.appending(path: "manifests")
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
        try day.wait(for: "Running")
        try day.run("apply \(folder.path)", shows: "will be created after the others")
        try day.press("a", shows: "2 objects will be created or changed")
        try day.press("y", shows: "Applied 2 ")
        try day.press("C-r", shows: "unchanged")
        try day.session.press("Escape")
        try day.run("dir \(folder.path)", shows: "all.yaml")
        try day.press("d", shows: "2 of it are in the cluster")
        try day.wait(for: "Type fresh:")
        try day.session.type("fresh")
        try day.press("Enter", shows: "Deleted 2 ")
    }

    @Test("a shell on a node sees its files, and its pod goes with it")
    func nodeShell() async throws {
        let session = try TerminalSession(width: 120, height: 40, arguments: ["--sim", "--command", "nodes"])
        try session.wait(for: "⎈ demo")
        try session.wait(for: "Ready")
        try session.press("s")
        try session.wait(for: "A privileged pod is placed there")
        try session.press("y")
        try session.wait(for: "/ #")
        try session.send("cat /host/etc/hostname; touch /host/x\r")
        try session.wait(for: "Read-only file system")
        try session.send("exit\r")
        try session.wait(for: "Left fathom-shell-")
        try session.press(":")
        try session.type("pods default")
        try session.press("Enter")
        try session.wait(for: "No pods")
    }
}
