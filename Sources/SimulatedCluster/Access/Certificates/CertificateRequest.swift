import SwiftASN1
import X509

/// A request for a certificate as clients write it: PKCS #10 in PEM.
struct CertificateRequest {
    let subject: DistinguishedName
    let publicKey: Certificate.PublicKey
    /// The names besides the subject that the holder goes by.
    let alternativeNames: [GeneralName]
    /// Whether whoever asks holds the key.
    let isSigned: Bool

    /// - Throws: a sentence's part that says what is wrong with the text.
    init(pem text: String) throws(Problem) {
        guard let document = try? PEMDocument.parseMultiple(pemString: text).first, document.discriminator == "CERTIFICATE REQUEST" else {
            throw Problem(description: "PEM block type must be CERTIFICATE REQUEST")
        }
        guard let request = try? CertificateSigningRequest(derEncoded: document.derBytes) else {
            throw Problem(description: "asn1: structure error: not a certificate request")
        }
        subject = request.subject
        publicKey = request.publicKey
        let extensions = (try? request.attributes.extensionRequest)?.extensions
        alternativeNames = ((try? extensions?.subjectAlternativeNames) ?? nil).map { Array($0) } ?? []
        isSigned = request.publicKey.isValidSignature(request.signature, for: request)
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }
}
