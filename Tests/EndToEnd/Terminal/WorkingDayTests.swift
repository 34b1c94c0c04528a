import Foundation
import Testing

/// What people do all day, in a real terminal against a served cluster.
@Suite(
    "A working day in a terminal", .serialized, .timeLimit(.minutes(3)),
    .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct WorkingDayTests {
    private func open(
        _ command: String, arguments: [String] = [], environment: [String: String] = [:]
    ) throws -> (ServedCluster, TerminalSession) {
        let cluster = try ServedCluster(scenario: "demo")
        let session = try TerminalSession(
            width: 120, height: 40, arguments: ["--kubeconfig", cluster.kubeconfig, "--command", command] + arguments,
            environment: environment
        )
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

    @Test("a forwarded port leads to the pods of a service, also after they were replaced")
    func forward() throws {
        let (cluster, session) = try open("services shop /shipping")
        try session.wait(for: "ClusterIP")
        try session.press("F")
        try session.wait(for: "Ports: 8080:http")
        try session.press("C-u")
        try session.type("0:http")
        try session.press("Enter")
        try session.wait(for: " leads to service shop/shipping")
        let line = try session.screen.split(separator: "\n").first { $0.contains("leads to") } ?? ""
        let port = line.drop { $0 != ":" }.dropFirst().prefix { $0.isNumber }
        #expect(try fetch(port).contains("HTTP/1.1"))
        try session.press(":")
        try session.type("pods shop /shipping")
        try session.press("Enter")
        try session.wait(for: "1/1")
        try session.press("C-k")
        try session.wait(for: "┌ Kill ")
        try session.press("y")
        try session.wait(for: "Killed pod")
        while try !fetch(port).contains("HTTP/1.1") {}
        try session.press(":")
        try session.type("pf")
        try session.press("Enter")
        try session.wait(for: "service/shipping")
        withExtendedLifetime(cluster) {}
    }

    private func fetch(_ port: Substring) throws -> String {
        try Program.run(URL(filePath: "/usr/bin/curl"), ["-s", "-i", "-m", "10", "http://localhost:\(port)/"]).output
    }

    @Test("what the server refuses of an edited text stands beside its line, and the text is kept")
    func edit() throws {
        let (cluster, session) = try open("deployments shop /shipping", environment: ["FATHOM_EDITOR": "sed -i s/image:.*/image:/"])
        try session.wait(for: "1/1")
        try session.press("e")
        try session.wait(for: "┌ Not saved ")
        #expect(try session.screen.contains("✗ spec.template.spec.containers[0].image"))
        try session.press("Escape")
        try session.wait(for: "your text is kept in")
        withExtendedLifetime(cluster) {}
    }

    @Test("marked objects are labelled together")
    func bulk() throws {
        let (cluster, session) = try open("services payments")
        try session.wait(for: "ClusterIP")
        try session.press("*")
        try session.wait(for: "marked")
        try session.press("L")
        try session.wait(for: "┌ Label ")
        try session.type("tier=back")
        try session.press("Enter")
        try session.wait(for: "Labelled ")
        try session.press("Escape", ":")
        try session.type("services payments tier=back")
        try session.press("Enter")
        try session.wait(for: "] tier=back")
        #expect(try !session.screen.contains("[0]"))
        withExtendedLifetime(cluster) {}
    }

    @Test("who may do little is told why, and nothing is offered that can't be done")
    func fewRights() throws {
        let (cluster, session) = try open("pods shop", arguments: ["--as", "system:serviceaccount:shop:default"])
        try session.wait(for: "is forbidden")
        try session.press(":")
        try session.type("can")
        try session.press("Enter")
        try session.wait(for: "selfsubjectaccessreviews")
        withExtendedLifetime(cluster) {}
    }

    @Test("merged logs of a deployment are read by their parts and filtered by them")
    func logs() throws {
        let (cluster, session) = try open("deployments shop /cart")
        try session.wait(for: "2/2")
        try session.press("l")
        try session.wait(for: "ERROR")
        try session.press("/")
        try session.type("level>=error")
        try session.press("Enter")
        try session.wait(for: " /level>=error")
        #expect(try !session.screen.contains("INFO"))
        withExtendedLifetime(cluster) {}
    }

    @Test("one table shows two clusters; a row opens in its own, and losing one does not hide the other")
    func twoClusters() throws {
        let here = try ServedCluster(scenario: "demo")
        var there: ServedCluster? = try ServedCluster(scenario: "demo")
        let other = here.folder.appending(path: "other.yaml")
        let text = try String(contentsOfFile: there?.kubeconfig ?? "", encoding: .utf8)
        try text.replacing(": demo\n", with: ": other\n").replacing(": kubernetes-admin\n", with: ": other-admin\n").write(
            to: other, atomically: true, encoding: .utf8)
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
        try session.wait(for: "other: stale since")
        try session.wait(for: "@demo,@other[2/")
        withExtendedLifetime((here, there)) {}
    }

    @Test("a link of a description leads to what it names, and Esc comes back")
    func links() throws {
        let (cluster, session) = try open("pods shop /cart-redis")
        try session.wait(for: "1/1")
        try session.press("d")
        try session.wait(for: "Containers:")
        try session.press("Tab", "Tab", "Tab", "Enter")
        try session.wait(for: "┌ Describe Node ")
        try session.wait(for: "Unschedulable:")
        try session.press("Escape")
        try session.wait(for: "┌ Describe Pod ")
        withExtendedLifetime(cluster) {}
    }

    @Test("a text is found in the labels of every kind")
    func find() throws {
        let (cluster, session) = try open("find app=cart-redis")
        try session.wait(for: "label app=cart-redis")
        try session.wait(for: " kinds, ")
        try session.press("Enter")
        try session.wait(for: "┌ Describe ")
        withExtendedLifetime(cluster) {}
    }
}
