import SwiftASN1
import Testing
import X509

@testable import SimulatedCluster

@Suite("The cluster's certificate authority")
struct CertificateAuthorityTests {
    private let authority = try? CertificateAuthority()

    private func identity(_ credential: CertificateAuthority.Credential?) throws -> ClientIdentity? {
        let credential = try #require(credential)
        return authority?.identify(derEncoded: try PEMDocument(pemString: credential.certificatePEM).derBytes)
    }

    @Test("a client certificate names the user and every group")
    func clientIdentity() throws {
        let identity = try identity(try authority?.issueClient(user: "ann", groups: ["dev", "ops"]))
        let user = try #require(identity?.user)
        #expect(user.name == "ann")
        #expect(user.groups == ["dev", "ops", "system:authenticated"])
        #expect(user.extra["authentication.kubernetes.io/credential-id"]?.first?.hasPrefix("X509SHA256=") == true)
    }

    @Test("a certificate that is expired, another authority's or a server's is refused, and so is what is none")
    func refused() throws {
        #expect(try identity(try authority?.issueClient(user: "ann", groups: [], lifetime: .seconds(60))) == .refused)
        #expect(try identity(try CertificateAuthority().issueClient(user: "ann", groups: ["dev"])) == .refused)
        #expect(try identity(try authority?.issueServer()) == .refused)
        #expect(authority?.identify(derEncoded: [0x30, 0x80]) == .refused)
    }

    @Test("an authority with the same key knows the clients of the one before")
    func sameKey() throws {
        let credential = try authority?.issueClient(user: "ann", groups: [])
        let later = try CertificateAuthority(privateKeyPEM: authority?.privateKeyPEM)
        let bytes = try PEMDocument(pemString: credential?.certificatePEM ?? "").derBytes
        #expect(later.identify(derEncoded: bytes)?.user?.name == "ann")
    }
}
