import SwiftASN1
import X509

/// What of a certificate's subject counts for Kubernetes.
struct CertificateSubject: Hashable {
    private(set) var commonName: String?
    private(set) var organizations: [String] = []

    init(_ name: DistinguishedName) {
        for attribute in name.flatMap({ Array($0) }) {
            guard let value = String(attribute.value) else { continue }
            switch attribute.type {
            case .RDNAttributeType.commonName: commonName = value
            case .RDNAttributeType.organizationName: organizations.append(value)
            default: break
            }
        }
    }
}
