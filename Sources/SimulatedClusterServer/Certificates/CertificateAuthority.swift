import Crypto
import Foundation
import SwiftASN1
import X509

/// The simulated cluster's own certificate authority.
package struct CertificateAuthority: Sendable {
    /// A certificate with its private key, both as PEM.
    struct Credential: Sendable {
        let certificatePEM: String
        let privateKeyPEM: String
    }

    package let certificatePEM: String
    private let key: P256.Signing.PrivateKey
    private let name: DistinguishedName

    /// - Parameter privateKeyPEM: the key of an earlier run, so that clients who trusted that one trust this one too; a new key if nil.
    package init(privateKeyPEM: String? = nil) throws {
        key = try privateKeyPEM.map(P256.Signing.PrivateKey.init(pemRepresentation:)) ?? P256.Signing.PrivateKey()
        name = try DistinguishedName { CommonName("kubernetes") }
        let certificate = try Self.certificate(
            subject: name, issuer: name, publicKey: key.publicKey, issuerKey: key,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
            }
        )
        certificatePEM = try certificate.serializeAsPEM().pemString
    }

    var privateKeyPEM: String { key.pemRepresentation }

    /// A serving certificate for this machine's loopback addresses, and the names by which pods know the API server.
    func issueServer() throws -> Credential {
        let names: [GeneralName] = [
            .dnsName("localhost"), .dnsName("kubernetes"), .dnsName("kubernetes.default"), .dnsName("kubernetes.default.svc"),
            .dnsName("kubernetes.default.svc.cluster.local"),
            .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
            .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
        ]
        return try issue(
            subject: try DistinguishedName { CommonName("kube-apiserver") },
            extensions: Certificate.Extensions {
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
            }
        )
    }

    /// A client certificate: API servers read the user from its common name and the groups from its organizations.
    func issueClient(user: String, groups: [String]) throws -> Credential {
        let subject = try DistinguishedName {
            for group in groups { OrganizationName(group) }
            CommonName(user)
        }
        return try issue(
            subject: subject,
            extensions: Certificate.Extensions {
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.clientAuth])
            }
        )
    }

    private func issue(subject: DistinguishedName, extensions: Certificate.Extensions) throws -> Credential {
        let holderKey = P256.Signing.PrivateKey()
        let certificate = try Self.certificate(
            subject: subject, issuer: name, publicKey: holderKey.publicKey, issuerKey: key, extensions: extensions
        )
        return Credential(certificatePEM: try certificate.serializeAsPEM().pemString, privateKeyPEM: holderKey.pemRepresentation)
    }

    private static func certificate(
        subject: DistinguishedName, issuer: DistinguishedName, publicKey: P256.Signing.PublicKey, issuerKey: P256.Signing.PrivateKey,
        extensions: Certificate.Extensions
    ) throws -> Certificate {
        let now = Date()
        return try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(publicKey),
            notValidBefore: now.addingTimeInterval(-300),  // Clocks of clients may be a little behind.
            notValidAfter: now.addingTimeInterval(365 * 86_400),
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions,
            issuerPrivateKey: Certificate.PrivateKey(issuerKey)
        )
    }
}
