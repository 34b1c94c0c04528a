import KubernetesModel
import X509

/// The signers that come with Kubernetes, and what each demands of a request.
enum BuiltInSigner: String {
    case client = "kubernetes.io/kube-apiserver-client"
    case kubeletClient = "kubernetes.io/kube-apiserver-client-kubelet"
    case kubeletServing = "kubernetes.io/kubelet-serving"

    /// Why it won't sign; nil when it will.
    func objection(to request: CertificateRequest, usages: [String]) -> String? {
        switch self {
        case .client: Self.clientObjection(usages)
        case .kubeletClient:
            nodeOrganization(request) ?? Self.unwanted(["DNS", "Email", "IP", "URI"], in: request) ?? nodeName(request)
                ?? Self.mismatch(usages, "client auth")
        case .kubeletServing:
            nodeOrganization(request) ?? Self.missingAddress(request) ?? Self.unwanted(["Email", "URI"], in: request)
                ?? Self.mismatch(usages, "server auth") ?? nodeName(request)
        }
    }

    private static func clientObjection(_ usages: [String]) -> String? {
        let known = ["digital signature", "key encipherment", "client auth"]
        if let other = usages.first(where: { !known.contains($0) }) { return "invalid usage for client certificate: \(other)" }
        return usages.contains("client auth") ? nil : "missing required usage for client certificate: client auth"
    }

    private func nodeOrganization(_ request: CertificateRequest) -> String? {
        CertificateSubject(request.subject).organizations == ["system:nodes"] ? nil : "subject organization is not system:nodes"
    }

    private func nodeName(_ request: CertificateRequest) -> String? {
        let isNode = CertificateSubject(request.subject).commonName?.hasPrefix("system:node:") == true
        return isNode ? nil : "subject common name does not begin with system:node:"
    }

    private static func missingAddress(_ request: CertificateRequest) -> String? {
        let kinds = Set(request.alternativeNames.compactMap(\.kind))
        return kinds.isDisjoint(with: ["DNS", "IP"]) ? "DNS or IP subjectAltName is required" : nil
    }

    private static func unwanted(_ kinds: [String], in request: CertificateRequest) -> String? {
        let present = Set(request.alternativeNames.compactMap(\.kind))
        return kinds.first(where: present.contains).map { "\($0) subjectAltNames are not allowed" }
    }

    /// Kubelets with other keys than RSA ask for no encipherment.
    private static func mismatch(_ usages: [String], _ purpose: String) -> String? {
        let required = Set([purpose, "digital signature", "key encipherment"])
        if Set(usages).union(["key encipherment"]) == required { return nil }
        return "usages did not match [\(required.sorted().joined(separator: " "))]"
    }
}

extension GeneralName {
    /// As Kubernetes's messages call it; nil for kinds that it doesn't look at.
    fileprivate var kind: String? {
        switch self {
        case .dnsName: "DNS"
        case .rfc822Name: "Email"
        case .ipAddress: "IP"
        case .uniformResourceIdentifier: "URI"
        default: nil
        }
    }
}
