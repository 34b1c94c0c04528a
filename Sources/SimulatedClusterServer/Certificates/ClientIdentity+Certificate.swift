import NIOSSL
import SimulatedCluster
import SwiftASN1
import X509

extension ClientIdentity {
    /// The subject of a certificate that TLS has verified; nil when it names nobody.
    init?(_ certificate: NIOSSLCertificate) {
        guard let der = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: der) else { return nil }
        var commonName: String?
        var organizations: [String] = []
        for attribute in parsed.subject.flatMap({ Array($0) }) {
            guard let value = String(attribute.value) else { continue }
            switch attribute.type {
            case .RDNAttributeType.commonName: commonName = value
            case .RDNAttributeType.organizationName: organizations.append(value)
            default: break
            }
        }
        guard let commonName else { return nil }
        self.init(commonName: commonName, organizations: organizations)
    }
}
