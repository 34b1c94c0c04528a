import KubernetesClient
import ResourceTables
import Synchronization
import Testing
import TextUI

@testable import Explorer

@Suite("A kubeconfig that changes", .timeLimit(.minutes(1)))
struct KubeconfigWatchTests {
    private nonisolated static func context(_ name: String) -> ExplorerOptions.Context {
        .init(name: name, cluster: name, user: "me", namespace: "default")
    }

    private func shell(_ configuration: ClusterConfiguration, reading contexts: @escaping @Sendable () throws -> [ExplorerOptions.Context]?)
        -> Shell
    {
        var options = ExplorerOptions(configuration: configuration, contexts: [Self.context("demo")]) { [configuration] _ in configuration }
        options.changedContexts = contexts
        let session = ClusterSession(configuration, guardLevel: .confirm, namespaces: .all)
        return Shell(session: session, options: options, theme: Theme(name: "plain", styles: [:]), now: { TestShell.noon })
    }

    private static var configuration: ClusterConfiguration {
        var configuration = ClusterConfiguration(server: ServerAddress(host: "127.0.0.1", port: 1))
        configuration.names.context = "demo"
        return configuration
    }

    @Test("contexts that were added appear in their list")
    func added() {
        let shell = shell(Self.configuration) { [Self.context("demo"), Self.context("new")] }
        shell.push(ContextsScreen(shell: shell))
        #expect(!shell.picture().contains("new"))
        KubeconfigWatch(shell).look()
        #expect(shell.picture().contains("Contexts [2]") && shell.picture().contains("new"))
    }

    @Test("the cursor stays with its context when others come before it")
    func addedBefore() {
        let shell = shell(Self.configuration) { [Self.context("another"), Self.context("demo")] }
        shell.push(ContextsScreen(shell: shell))
        #expect(shell.picture().contains("▸demo"))
        KubeconfigWatch(shell).look()
        #expect(shell.picture().contains("▸demo"))
        shell.press("r")
        #expect(shell.flash?.text == "This context is the one that is explored: go to another first")
    }

    @Test("one that is broken leaves everything as it was, and is told with the reason")
    func broken() {
        let shell = shell(Self.configuration) { throw ExplorerError("config is not YAML") }
        KubeconfigWatch(shell).look()
        #expect(shell.contexts.map(\.name) == ["demo"])
        #expect(shell.flash?.text == "The kubeconfig as it was stays in force: config is not YAML")
    }

    enum Difference: CaseIterable {
        case none, server, verification
    }

    @Test(
        "new credentials are used from the next request on, but never sent to another server than theirs, or unverified where it is to be",
        arguments: Difference.allCases)
    func credentials(difference: Difference) async throws {
        try await ServedShell.with { served in
            var old = served.shell.home.configuration
            let good = old.credentials
            old.credentials = .init(login: .token(Secret("worn out")))
            var new = old
            new.credentials = good
            switch difference {
            case .none: break
            case .server: new.server.port += 1
            case .verification: new.tls.skipsVerification.toggle()
            }
            var options = ExplorerOptions(configuration: old) { [new] _ in new }
            options.changedContexts = { [] }
            let session = ClusterSession(old, guardLevel: .confirm, namespaces: .all)
            let shell = Shell(session: session, options: options, theme: Theme(name: "plain", styles: [:]), now: { TestShell.noon })
            await #expect(throws: ClientError.self) { try await session.client.discover() }
            KubeconfigWatch(shell).look()
            let answer = try? await session.client.discover()
            #expect((answer != nil) == (difference == .none))
            await session.client.shutdown()
        }
    }
}
