import Foundation
import KubernetesModel
import SimulatedCluster

/// The kubeconfig of a simulated cluster, with everything inline.
///
/// Its user is named after the cluster, too: of two files that are read together, only the first user of a name counts.
enum SimulatedKubeconfig {
    /// Whom the client's certificate names.
    static let administrator = "kubernetes-admin"
    static let administrators = "system:masters"

    static func text(clusterName: String, port: Int, authority: CertificateAuthority, client: CertificateAuthority.Credential) -> String {
        """
        \(KubeconfigFile.signature)
        \(KubeconfigFile.authorityKeyMark)\(base64(authority.privateKeyPEM))
        apiVersion: v1
        kind: Config
        clusters:
        - name: \(clusterName)
          cluster:
            server: https://127.0.0.1:\(port)
            certificate-authority-data: \(base64(authority.certificatePEM))
        users:
        - name: \(clusterName)
          user:
            client-certificate-data: \(base64(client.certificatePEM))
            client-key-data: \(base64(client.privateKeyPEM))
        contexts:
        - name: \(clusterName)
          context:
            cluster: \(clusterName)
            user: \(clusterName)
        current-context: \(clusterName)

        """
    }

    private static func base64(_ text: String) -> String {
        Base64.encode(text.utf8)
    }
}
