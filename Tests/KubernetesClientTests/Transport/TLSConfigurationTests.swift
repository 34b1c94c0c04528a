import NIOCore
import NIOSSL
import Testing

@testable import KubernetesClient

@Suite("TLS of a cluster")
struct TLSConfigurationTests {
    @Test("a server that does not answer a goodbye keeps nobody from leaving")
    func goodbye() throws {
        let configuration = ClusterConfiguration(server: ServerAddress(host: "127.0.0.1", port: 1))
        #expect(try TLSConfiguration.of(configuration, certificate: nil).shutdownTimeout == .zero)
    }
}
