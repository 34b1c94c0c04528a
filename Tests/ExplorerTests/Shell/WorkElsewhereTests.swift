import KubernetesClient
import KubernetesModel
import Testing
import TextUI

@testable import Explorer

/// What goes on in clusters that keys are not about.
@Suite("Work in other clusters", .timeLimit(.minutes(1)))
struct WorkElsewhereTests {
    /// A shell whose keys are about another cluster than the one into which a port is forwarded.
    private func forwarding(_ body: (ServedShell, Int) async throws -> Void) async throws {
        try await ServedShell.with { served in
            let (shell, home) = (served.shell, served.shell.home)
            let target = ObjectTarget(resource: shell.podResource, namespace: "default", name: "a")
            let specification = ForwardSpecification(target: target, port: "80", address: "127.0.0.1", localPort: 0)
            ForwardAction.begin(specification, of: home, in: shell)
            await until(in: shell) { !home.forwards.all.isEmpty }
            await served.settle()
            #expect(shell.workElsewhere == nil, "what is in front of one needs no word")
            let other = ShopCluster.session("other", objects: [:])
            shell.push(WordScreen(), of: other)
            shell.clearReport()
            _ = shell.picture()
            try await body(served, home.forwards.all[0].forwarder.port)
            home.forwards.stopAll()
            await other.client.shutdown()
        }
    }

    @Test("ports forwarded into another cluster are seen, in the footer and in their list")
    func seen() async throws {
        try await forwarding { served, port in
            #expect(served.shell.picture().contains("elsewhere: 1 forward "))
            served.shell.run(command: "portforwards")
            #expect(served.shell.picture(width: 120).contains("http://127.0.0.1:\(port)"))
            served.shell.press("Ctrl-D")
            #expect(served.shell.home.forwards.all.isEmpty && served.shell.workElsewhere == nil)
        }
    }

    @Test("quitting asks about ports that are forwarded into another cluster")
    func quitting() async throws {
        try await forwarding { served, port in
            var hasQuit = false
            served.shell.onQuit = { hasQuit = true }
            served.shell.quit()
            #expect(!hasQuit && served.shell.picture(width: 100).contains("Forwarding 127.0.0.1:\(port)"))
            served.shell.press("Down", "Enter")
            #expect(hasQuit)
        }
    }

    @Test("ports forwarded into the cluster in front of one, and used by nobody, keep nobody from leaving")
    func unused() async throws {
        try await forwarding { served, _ in
            served.shell.pop()
            served.shell.push(WordScreen(), of: served.shell.home)
            _ = served.shell.picture()
            var hasQuit = false
            served.shell.onQuit = { hasQuit = true }
            served.shell.quit()
            #expect(hasQuit)
        }
    }
}
