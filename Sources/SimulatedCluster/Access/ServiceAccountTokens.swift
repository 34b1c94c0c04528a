import KubernetesModel

/// Makes and checks the tokens of service accounts: JSON Web Tokens of the form that Kubernetes's have.
final class ServiceAccountTokens {
    /// What tokens are for unless their request says otherwise.
    static let audience = issuer
    static let issuer = "https://kubernetes.default.svc.cluster.local"

    /// No one's token outlives a year: far enough for every reader, and no sum overflows.
    static let longestLife = Duration.seconds(365 * 86_400)

    let key = TokenSigningKey()
    private let view: ClusterView
    private let random: Randomness

    init(view: ClusterView, random: Randomness) {
        self.view = view
        self.random = random
    }

    /// - Parameter pod: the pod that the token dies with.
    func issue(
        for account: KubernetesObject, audiences: [String], pod: KubernetesObject?, from now: Instant, until end: Instant
    ) throws(StatusError) -> String {
        var binding: JSONObject = [
            "namespace": .string(account.namespace ?? ""),
            "serviceaccount": ["name": .string(account.name), "uid": .string(account.uid)],
        ]
        if let pod { binding["pod"] = ["name": .string(pod.name), "uid": .string(pod.uid)] }
        let claims: JSONObject = [
            "aud": JSONValue(audiences), "exp": JSONValue(end.seconds), "iat": JSONValue(now.seconds),
            "iss": .string(Self.issuer), "jti": .string(random.uuid()), "kubernetes.io": .object(binding),
            "nbf": JSONValue(now.seconds),
            "sub": .string("system:serviceaccount:\(account.namespace ?? ""):\(account.name)"),
        ]
        let head: JSONValue = ["alg": .string(TokenSigningKey.algorithm), "kid": .string(key.id)]
        let text = [head, .object(claims)].map { Base64.encodeForURL(JSONWriter.compact($0)) }.joined(separator: ".")
        return "\(text).\(try key.signature(of: text))"
    }

    struct Identity {
        let user: UserInfo
        let audiences: [String]
    }

    /// Nil for a token that is none of ours, has expired, or whose account or pod is gone.
    func identify(_ token: String, at now: Instant) -> Identity? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, key.isValid(signature: parts[2], of: "\(parts[0]).\(parts[1])"), let bytes = Base64.decodeFromURL(parts[1]),
            let claims = (try? JSONParser.parse(bytes))?.objectValue, let end = claims.int("exp"), now.seconds < end,
            let binding = claims.object("kubernetes.io"), let account = binding.object("serviceaccount")
        else { return nil }
        let namespace = binding.string("namespace")
        guard isPresent(account, "serviceaccounts", in: namespace) else { return nil }
        var extra = ["authentication.kubernetes.io/credential-id": ["JTI=\(claims.string("jti"))"]]
        if let pod = binding.object("pod") {
            guard isPresent(pod, "pods", in: namespace) else { return nil }
            extra["authentication.kubernetes.io/pod-name"] = [pod.string("name")]
            extra["authentication.kubernetes.io/pod-uid"] = [pod.string("uid")]
        }
        let user = UserInfo(
            name: "system:serviceaccount:\(namespace):\(account.string("name"))", uid: account.string("uid"),
            groups: ["system:serviceaccounts", "system:serviceaccounts:\(namespace)", "system:authenticated"], extra: extra
        )
        return Identity(user: user, audiences: claims.strings("aud"))
    }

    private func isPresent(_ named: JSONObject, _ resource: String, in namespace: String) -> Bool {
        let key = ObjectKey(namespace: namespace, name: named.string("name"))
        return view.store.get(GroupResource(resource: resource), key)?.uid == named.string("uid")
    }
}
