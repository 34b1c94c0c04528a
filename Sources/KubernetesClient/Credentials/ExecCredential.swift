import KubernetesModel

/// What a credential plugin prints: an `ExecCredential` with a status.
struct ExecCredential: Sendable, Hashable {
    var token: Secret?
    var certificate: ClusterConfiguration.ClientCertificate?
    /// Nil means for as long as this process runs.
    var expiration: Instant?

    /// Why a plugin's output is no credential, as the end of a sentence.
    struct Failure: Error, Sendable, Hashable {
        var problem: String
    }

    init(token: Secret?, certificate: ClusterConfiguration.ClientCertificate? = nil, expiration: Instant? = nil) {
        self.token = token
        self.certificate = certificate
        self.expiration = expiration
    }

    /// Reads a plugin's output. Everything but the status is optional: plugins are not careful.
    /// - Parameter apiVersion: the configured one, which the answer must have.
    init(output: String, apiVersion: String) throws(Failure) {
        // YAML takes JSON in.
        guard let json = (try? JSONParser.parse(output)) ?? (try? YAML.parse(output))?.first, json.objectValue != nil else {
            throw Failure(problem: "what it printed is not an ExecCredential")
        }
        let answered = json["apiVersion"]?.stringValue ?? ""
        guard answered == apiVersion else {
            throw Failure(problem: "it answered in \(answered.isEmpty ? "no apiVersion" : answered), but the kubeconfig says \(apiVersion)")
        }
        guard let status = json["status"], status.objectValue != nil else { throw Failure(problem: "its answer has no status") }
        token = Self.text(status["token"]).map(Secret.init)
        switch (Self.text(status["clientCertificateData"]), Self.text(status["clientKeyData"])) {
        case (nil, nil): certificate = nil
        case (let certificate?, let key?): self.certificate = .init(certificate: certificate, key: Secret(key))
        case (_?, nil): throw Failure(problem: "its answer has a client certificate, but no key")
        case (nil, _?): throw Failure(problem: "its answer has a client key, but no certificate")
        }
        guard token != nil || certificate != nil else { throw Failure(problem: "its answer has neither a token nor a client certificate") }
        if let text = Self.text(status["expirationTimestamp"]) {
            guard let time = KubernetesTime.parse(text) else { throw Failure(problem: "its expirationTimestamp is no time") }
            expiration = time
        }
    }

    private static func text(_ value: JSONValue?) -> String? {
        value?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }
}
