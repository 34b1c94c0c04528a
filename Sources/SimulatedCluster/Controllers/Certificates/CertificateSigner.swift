import KubernetesModel

/// Signs the requests that somebody approved, as the signers within kube-controller-manager do.
struct CertificateSigner: Controller {
    let name = "certificate-controller"
    let watches = [Resource.certificateSigningRequests]
    private let authority: CertificateAuthority

    init(_ authority: CertificateAuthority) {
        self.authority = authority
    }

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        own(change)
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let object = view.get(key.resource, key.key), isWaiting(object),
            let signer = BuiltInSigner(rawValue: object.spec["signerName"]?.stringValue ?? ""),
            let text = Base64.decode(object.spec["request"]?.stringValue ?? ""),
            let request = try? CertificateRequest(pem: String(decoding: text, as: UTF8.self)), request.isSigned
        else { return .done }
        let usages = object.spec["usages"]?.arrayValue?.compactMap(\.stringValue) ?? []
        var status = object.status.objectValue ?? [:]
        if let objection = signer.objection(to: request, usages: usages) {
            var conditions = ConditionList(status["conditions"], at: now)
            conditions.set("Failed", true, "SignerValidationFailure", objection)
            status["conditions"] = conditions.json
        } else if let certificate = try? authority.sign(request, usages: CertificateUsages(usages), lifetime: lifetime(object)) {
            status["certificate"] = .string(Base64.encode((certificate + "\n").utf8))
        }
        return Reconciliation(writes: statusWrite(object, status))
    }

    private func isWaiting(_ request: KubernetesObject) -> Bool {
        request.holds("Approved") && !request.holds("Denied") && !request.holds("Failed") && request.status["certificate"] == nil
    }

    private func lifetime(_ request: KubernetesObject) -> Duration {
        guard let seconds = request.spec["expirationSeconds"]?.intValue else { return CertificateAuthority.lifetime }
        return min(.seconds(seconds), CertificateAuthority.lifetime)
    }
}
