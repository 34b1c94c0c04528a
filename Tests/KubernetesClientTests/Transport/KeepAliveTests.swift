import NIOCore
import NIOPosix
import Testing

@testable import KubernetesClient

@Suite("Keep-alive", .timeLimit(.minutes(1)))
struct KeepAliveTests {
    @Test("the system probes a connection that stands still")
    func options() async throws {
        let server = try await ScriptedServer.start { _, _ in .raw("") }
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: server.port)
            .get()
        try await KeepAlive.enable(on: channel).get()
        var values: [Int] = []
        for (option, _) in KeepAlive.options { values.append(try await channel.getOption(option).get()) }
        #expect(values == [1, 15, 15, 9])
        try await channel.close()
        await server.stop()
    }
}
