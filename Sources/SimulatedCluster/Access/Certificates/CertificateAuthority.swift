import Crypto
import Foundation
import SwiftASN1
import X509

/// The simulated cluster's own certificate authority. Its certificates count from the machine's clock, as the TLS that uses them does.
package struct CertificateAuthority: Sendable {
    /// A certificate with its private key, both as PEM.
    package struct Credential: Sendable {
        package let certificatePEM: String
        package let privateKeyPEM: String
    }

    /// For how long a certificate is good when nobody asks for less: a year, as kubeadm's.
    package static let lifetime = Duration.seconds(365 * 86_400)

    package let certificatePEM: String
    private let key: P256.Signing.PrivateKey
    private let name: DistinguishedName

    /// - Parameter privateKeyPEM: the key of an earlier run, so that clients who trusted that one trust this one too; a new key if nil.
    package init(privateKeyPEM: String? = nil) throws {
        key = try privateKeyPEM.map(P256.Signing.PrivateKey.init(pemRepresentation:)) ?? P256.Signing.PrivateKey()
        name = try DistinguishedName { CommonName("kubernetes") }
        let certificate = try Self.certificate(
            subject: name, issuer: name, publicKey: Certificate.PublicKey(key.publicKey), issuerKey: key, lifetime: Self.lifetime,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
            }
        )
        certificatePEM = try certificate.serializeAsPEM().pemString
    }

    package var privateKeyPEM: String { key.pemRepresentation }

    /// A serving certificate for this machine's loopback addresses, and the names by which pods know the API server.
    package func issueServer() throws -> Credential {
        let names: [GeneralName] = [
            .dnsName("localhost"), .dnsName("kubernetes"), .dnsName("kubernetes.default"), .dnsName("kubernetes.default.svc"),
            .dnsName("kubernetes.default.svc.cluster.local"),
            .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
            .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
        ]
        return try issue(
            subject: try DistinguishedName { CommonName("kube-apiserver") }, lifetime: Self.lifetime,
            extensions: Certificate.Extensions {
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
            }
        )
    }

    /// A client certificate: API servers read the user from its common name and the groups from its organizations.
    package func issueClient(user: String, groups: [String], lifetime: Duration = Self.lifetime) throws -> Credential {
        let subject = try DistinguishedName {
            for group in groups { OrganizationName(group) }
            CommonName(user)
        }
        return try issue(
            subject: subject, lifetime: lifetime,
            extensions: Certificate.Extensions {
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.clientAuth])
            }
        )
    }

    /// Signs what somebody asks for with a key of their own.
    /// - Returns: the certificate in PEM.
    func sign(_ request: CertificateRequest, usages: CertificateUsages, lifetime: Duration) throws -> String {
        let certificate = try Self.certificate(
            subject: request.subject, issuer: name, publicKey: request.publicKey, issuerKey: key, lifetime: lifetime,
            extensions: Certificate.Extensions {
                // Clients refuse a certificate that says it has usages and names none.
                if usages.basic != KeyUsage() { Critical(usages.basic) }
                if !usages.extended.isEmpty { try ExtendedKeyUsage(usages.extended) }
                Critical(BasicConstraints.notCertificateAuthority)
                if !request.alternativeNames.isEmpty { SubjectAlternativeNames(request.alternativeNames) }
            }
        )
        return try certificate.serializeAsPEM().pemString
    }

    /// What a client's certificate says of its holder; nil when it names nobody.
    package func identify(derEncoded bytes: [UInt8]) -> ClientIdentity? {
        guard let certificate = try? Certificate(derEncoded: bytes), isGood(certificate) else { return .refused }
        let subject = CertificateSubject(certificate.subject)
        let fingerprint = "X509SHA256=" + SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return subject.commonName.map {
            ClientIdentity(commonName: $0, organizations: subject.organizations, fingerprint: fingerprint)
        }
    }

    /// Whether the certificate is this authority's, for clients, and neither too new nor too old.
    private func isGood(_ certificate: Certificate) -> Bool {
        let usages = try? certificate.extensions.extendedKeyUsage
        return certificate.issuer == name && (certificate.notValidBefore...certificate.notValidAfter).contains(Date())
            && usages?.contains { [.clientAuth, .any].contains($0) } ?? true
            && Certificate.PublicKey(key.publicKey).isValidSignature(certificate.signature, for: certificate)
    }

    private func issue(subject: DistinguishedName, lifetime: Duration, extensions: Certificate.Extensions) throws -> Credential {
        let holderKey = P256.Signing.PrivateKey()
        let certificate = try Self.certificate(
            subject: subject, issuer: name, publicKey: Certificate.PublicKey(holderKey.publicKey), issuerKey: key, lifetime: lifetime,
            extensions: extensions
        )
        return Credential(certificatePEM: try certificate.serializeAsPEM().pemString, privateKeyPEM: holderKey.pemRepresentation)
    }

    private static func certificate(
        subject: DistinguishedName, issuer: DistinguishedName, publicKey: Certificate.PublicKey, issuerKey: P256.Signing.PrivateKey,
        lifetime: Duration, extensions: Certificate.Extensions
    ) throws -> Certificate {
        let start = Date().addingTimeInterval(-300)  // Clocks of clients may be a little behind.
        return try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: publicKey,
            notValidBefore: start,
            notValidAfter: start.addingTimeInterval(TimeInterval(lifetime.components.seconds)),
            issuer: issuer,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: extensions,
            issuerPrivateKey: Certificate.PrivateKey(issuerKey)
        )
    }
}
