import Crypto
import Foundation
import KubernetesModel

/// The key that signs the tokens of service accounts: ECDSA on P-256, and as long-lived as the cluster.
struct TokenSigningKey {
    static let algorithm = "ES256"

    private let key = P256.Signing.PrivateKey()

    /// The hash of the public key, as an API server names its keys.
    let id: String

    init() {
        id = Base64.encodeForURL(Array(SHA256.hash(data: key.publicKey.derRepresentation)))
    }

    /// Of the text's UTF-8, in the form for URLs.
    func signature(of text: String) throws(StatusError) -> String {
        do {
            return Base64.encodeForURL(Array(try key.signature(for: Data(text.utf8)).rawRepresentation))
        } catch {
            throw .internalError("failed to sign the token: \(error)")
        }
    }

    func isValid(signature: String, of text: String) -> Bool {
        guard let bytes = Base64.decodeFromURL(signature), let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes) else {
            return false
        }
        return key.publicKey.isValidSignature(signature, for: Data(text.utf8))
    }

    /// The public key as a JSON Web Key.
    var publicJSON: JSONValue {
        let point = Array(key.publicKey.rawRepresentation)
        return [
            "use": "sig", "kty": "EC", "kid": .string(id), "crv": "P-256", "alg": .string(Self.algorithm),
            "x": .string(Base64.encodeForURL(point.prefix(32))), "y": .string(Base64.encodeForURL(point.suffix(32))),
        ]
    }
}
