import NIOCore
import NIOSSL

extension TLSConfiguration {
    /// What a cluster's configuration says about TLS.
    /// - Throws: `.configuration`, naming the certificate or key that can't be read.
    static func of(
        _ configuration: ClusterConfiguration, certificate: ClusterConfiguration.ClientCertificate?
    ) throws(ClientError.Cause) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        // Who hangs up says so and goes, as TLS 1.3 allows: a server that is busy, or dead, would be waited for.
        tls.shutdownTimeout = .zero
        if configuration.tls.skipsVerification {
            tls.certificateVerification = .none
        } else if let authority = configuration.tls.certificateAuthority {
            do {
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
            } catch {
                throw .configuration("the certificate authority of cluster \(configuration.names.cluster) is not a PEM certificate")
            }
        }
        if let certificate {
            do {
                tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificate.utf8)).map { .certificate($0) }
            } catch {
                throw .configuration("the client certificate of user \(configuration.names.user) is not a PEM certificate")
            }
            do {
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.key.value.utf8), format: .pem))
            } catch {
                throw .configuration("the client key of user \(configuration.names.user) is not an unencrypted PEM key")
            }
        }
        return tls
    }
}
