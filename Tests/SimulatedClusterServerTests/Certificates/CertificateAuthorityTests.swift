import NIOSSL
import SimulatedCluster
import Testing

@testable import SimulatedClusterServer

@Suite("The cluster's certificate authority")
struct CertificateAuthorityTests {
    @Test("a client certificate names the user and every group")
    func clientIdentity() throws {
        let authority = try CertificateAuthority()
        let credential = try authority.issueClient(user: "ann", groups: ["dev", "ops"])
        let certificate = try #require(try NIOSSLCertificate.fromPEMBytes(Array(credential.certificatePEM.utf8)).first)
        let identity = try #require(ClientIdentity(certificate))
        #expect(identity.commonName == "ann")
        #expect(identity.organizations.sorted() == ["dev", "ops"])
    }
}
