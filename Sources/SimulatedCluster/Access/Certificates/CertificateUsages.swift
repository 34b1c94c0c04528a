import SwiftASN1
import X509

/// What a certificate may be used for, from the words of the certificates API.
struct CertificateUsages {
    private(set) var basic = KeyUsage()
    private(set) var extended: [ExtendedKeyUsage.Usage] = []

    init(_ names: [String]) {
        for name in names {
            if let bit = Self.bits[name] {
                basic[keyPath: bit] = true
            } else if let usage = Self.purposes[name], !extended.contains(usage) {
                extended.append(usage)
            }
        }
    }

    private static var bits: [String: WritableKeyPath<KeyUsage, Bool>] {
        [
            "signing": \.digitalSignature, "digital signature": \.digitalSignature, "content commitment": \.nonRepudiation,
            "key encipherment": \.keyEncipherment, "key agreement": \.keyAgreement, "data encipherment": \.dataEncipherment,
            "cert sign": \.keyCertSign, "crl sign": \.cRLSign, "encipher only": \.encipherOnly, "decipher only": \.decipherOnly,
        ]
    }

    private static let purposes: [String: ExtendedKeyUsage.Usage] = [
        "any": .any, "server auth": .serverAuth, "client auth": .clientAuth, "code signing": .codeSigning,
        "email protection": .emailProtection, "s/mime": .emailProtection, "timestamping": .timeStamping, "ocsp signing": .ocspSigning,
        "ipsec end system": .init(oid: [1, 3, 6, 1, 5, 5, 7, 3, 5]), "ipsec tunnel": .init(oid: [1, 3, 6, 1, 5, 5, 7, 3, 6]),
        "ipsec user": .init(oid: [1, 3, 6, 1, 5, 5, 7, 3, 7]), "microsoft sgc": .init(oid: [1, 3, 6, 1, 4, 1, 311, 10, 3, 3]),
        "netscape sgc": .init(oid: [2, 16, 840, 1, 113_730, 4, 1]),
    ]
}
