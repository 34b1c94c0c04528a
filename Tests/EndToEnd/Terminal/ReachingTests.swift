import Foundation
import Testing

/// What people do all day, in a real terminal against a served cluster: into pods, through ports, and to the cluster itself.
@Suite(
    "A working day: reaching what runs", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ReachingTests {
    @Test("a shell in a pod has the terminal, and gives it back")
    func shell() async throws {
        let day = try await Workplace("pods shop /cart-redis")
        try day.wait(for: "Running")
        try day.press("s", shows: "/ #")
        try day.session.send("echo it-works-$((40 + 2))\r")
        try day.wait(for: "it-works-42")
        try day.session.send("exit\r")
        try day.wait(for: "Left cart-redis")
        try day.press("?", shows: "┌ Help")
    }

    @Test("a forwarded port leads to the pods of a service, also after they were replaced")
    func forward() async throws {
        let day = try await Workplace("services shop /shipping")
        try day.wait(for: "ClusterIP")
        try day.press("F", shows: "Ports: 8080:http")
        try day.press("C-u", type: "0:http", shows: " leads to service shop/shipping")
        let port = try day.line(with: "leads to").drop { $0 != ":" }.dropFirst().prefix { $0.isNumber }
        #expect(try fetch(port).contains("HTTP/1.1"))
        try day.run("pods shop /shipping", shows: "Running")
        try day.press("C-k", shows: "┌ Kill ")
        try day.press("y", shows: "Killed pod")
        while try !fetch(port).contains("HTTP/1.1") {}
        try day.run("pf", shows: "service/shipping")
    }

    private func fetch(_ port: Substring) throws -> String {
        try Program.run(URL(filePath: "/usr/bin/curl"), ["-s", "-i", "-m", "10", "http://localhost:\(port)/"]).output
    }

    @Test("who may do little is told why, and nothing is offered that can't be done")
    func fewRights() async throws {
        let day = try await Workplace("pods shop", arguments: ["--as", "system:serviceaccount:shop:default"])
        try day.wait(for: "is forbidden")
        try day.run("can", shows: "selfsubjectaccessreviews")
    }

    @Test("who may do something is asked for, and what one of them may do")
    func rights() async throws {
        let day = try await Workplace("who delete pods")
        try day.wait(for: "system:masters")
        try day.run("can s:kube-system:coredns", shows: "discovery.k8s.io")
    }

    @Test("a cluster that dies is said to be lost, why and since when, and comes back without a key")
    func loss() async throws {
        let day = try await Workplace("pods shop")
        try day.wait(for: "● live")
        try day.wait(for: "Running")
        day.cluster.kill()
        try day.wait(for: "✗ data ")
        try day.wait(for: "stale for ")
        try day.wait(for: "nothing listens on")
        #expect(try day.screen.contains("Running"), "what was known stays")
        try day.cluster.restart()
        try day.wait(for: "● live")
        try day.session.wait(untilGone: "stale for")
        try day.wait(for: "Running")
    }

    @Test("another context is another cluster, by the list and by name")
    func contexts() async throws {
        let (demo, empty) = (try ServedCluster(scenario: "demo"), try ServedCluster(scenario: "empty"))
        let session = try TerminalSession(
            width: 120, height: 40, arguments: ["--command", "pods shop"],
            environment: ["KUBECONFIG": "\(demo.kubeconfig):\(empty.kubeconfig)"]
        )
        try session.wait(for: "Running")
        try session.press(":")
        try session.type("ctx")
        try session.press("Enter")
        try session.wait(for: "demo (*)")
        try session.press("Down", "Enter")
        try session.wait(for: "⎈ empty")
        try session.wait(for: "● live")
        try session.press(":")
        try session.type("pods shop @demo")
        try session.press("Enter")
        try session.wait(for: "⎈ demo")
        try session.wait(for: "Running")
        withExtendedLifetime((demo, empty)) {}
    }

    @Test("one table shows two clusters; a row opens in its own, and losing one does not hide the other")
    func twoClusters() throws {
        let here = try ServedCluster(scenario: "demo")
        var there: ServedCluster? = try ServedCluster(scenario: "demo")
        let other = here.folder.appending(path: "other.yaml")
        let text = try String(contentsOfFile: there?.kubeconfig ?? "", encoding: .utf8)
        try text.replacing(": demo\n", with: ": other\n").write(to: other, atomically: true, encoding: .utf8)
        let session = try TerminalSession(
            width: 120, height: 40, arguments: ["--command", "pods shop @demo,@other /cart-redis"],
            environment: ["KUBECONFIG": "\(here.kubeconfig):\(other.path)"]
        )
        try session.wait(for: "@demo,@other[2/")
        try session.press("Down")
        try session.wait(for: "⎈ other")
        try session.press("y")
        try session.wait(for: "apiVersion: v1")
        try session.wait(for: "⎈ other")
        try session.press("Escape")
        there = nil
        try session.wait(for: "other: stale for")
        try session.wait(for: "@demo,@other[2/")
        withExtendedLifetime((here, there)) {}
    }
}
