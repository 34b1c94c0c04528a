import KubernetesModel
import KubernetesSemantics

/// Answers the review resources (`SelfSubjectAccessReview`, `TokenReview`, …), which store nothing, from the rules in force, and
/// makes tokens.
struct ReviewResponder {
    let authenticator: Authenticator
    let authorizer: Authorizer
    let roles: RoleCatalog
    let view: ClusterView
    let random: Randomness

    private static let authorization = "authorization.k8s.io"
    private static let authentication = "authentication.k8s.io"

    /// The object with its `status`; nil for kinds that are no reviews.
    func answer(
        _ review: KubernetesObject, namespace: String?, by user: UserInfo, at now: Instant
    ) throws(StatusError) -> KubernetesObject? {
        var answer = review
        answer.json.modifyOrCreate("metadata") { _ in }
        switch GroupKind(review) {
        case GroupKind(group: Self.authorization, "SelfSubjectAccessReview"):
            answer["status"] = try decide(about: user, review)
        case GroupKind(group: Self.authorization, "SubjectAccessReview"):
            answer["status"] = try decide(about: try subject(of: review), review)
        case GroupKind(group: Self.authorization, "LocalSubjectAccessReview"):
            guard review.spec["resourceAttributes"]?["namespace"]?.stringValue == namespace else {
                let path = FieldPath.spec["resourceAttributes"]["namespace"]
                let error = FieldError.invalid(path, review.spec["resourceAttributes"]?["namespace"] ?? "", "must match metadata.namespace")
                throw .invalid(review.groupVersionKind, "", [error])
            }
            answer["status"] = try decide(about: try subject(of: review), review)
        case GroupKind(group: Self.authorization, "SelfSubjectRulesReview"):
            answer["status"] = try rules(of: user, review)
            answer["spec"] = [:]
        case GroupKind(group: Self.authentication, "SelfSubjectReview"):
            answer.json.modify("metadata") { $0["creationTimestamp"] = .string(KubernetesTime.seconds(now)) }
            answer["status"] = ["userInfo": user.json]
        case GroupKind(group: Self.authentication, "TokenReview"):
            guard review.spec["token"]?.stringValue?.isEmpty == false else {
                throw .badRequest("token is required for TokenReview in authentication")
            }
            answer["status"] = examine(review, at: now)
        default: return nil
        }
        return answer
    }

    // MARK: Access

    private func decide(about user: UserInfo, _ review: KubernetesObject) throws(StatusError) -> JSONValue {
        let decision = authorizer.decide(try attributes(of: review, user: user))
        var status: JSONObject = ["allowed": JSONValue(decision.isAllowed)]
        if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
        return .object(status)
    }

    private func attributes(of review: KubernetesObject, user: UserInfo) throws(StatusError) -> AccessAttributes {
        let spec = review.json.object("spec") ?? [:]
        switch (spec.object("resourceAttributes"), spec.object("nonResourceAttributes")) {
        case (let resource?, nil):
            return AccessAttributes(
                user: user, verb: resource.string("verb"), group: resource.string("group"), version: resource.string("version"),
                resource: resource.string("resource"), subresource: resource.string("subresource"),
                namespace: resource.string("namespace"), name: resource.string("name")
            )
        case (nil, let path?): return AccessAttributes(user: user, verb: path.string("verb"), path: path.string("path"))
        case (let resource, _):
            let problem =
                resource == nil
                ? "exactly one of nonResourceAttributes or resourceAttributes must be specified"
                : "cannot be specified in combination with resourceAttributes"
            let path = FieldPath.spec[resource == nil ? "resourceAttributes" : "nonResourceAttributes"]
            let value = spec.present(resource == nil ? "resourceAttributes" : "nonResourceAttributes") ?? .null
            throw .invalid(review.groupVersionKind, "", [.invalid(path, value, problem)])
        }
    }

    private func subject(of review: KubernetesObject) throws(StatusError) -> UserInfo {
        let spec = review.json.object("spec") ?? [:]
        let user = spec.string("user")
        let groups = spec.strings("groups")
        guard !user.isEmpty || !groups.isEmpty else {
            let error = FieldError.invalid(.spec["user"], "", "at least one of user or group must be specified")
            throw .invalid(review.groupVersionKind, "", [error])
        }
        return UserInfo(name: user, uid: spec.string("uid"), groups: groups)
    }

    private func rules(of user: UserInfo, _ review: KubernetesObject) throws(StatusError) -> JSONValue {
        let namespace = review.json.object("spec")?.string("namespace") ?? ""
        guard !namespace.isEmpty else { throw .badRequest("no namespace on request") }
        var onResources: [JSONValue] = []
        var onPaths: [JSONValue] = []
        let missing = roles.visitGrants(to: user, namespace: namespace) { grant in
            if grant.rule.paths.isEmpty { onResources.append(grant.rule.json) } else { onPaths.append(grant.rule.json) }
            return true
        }
        var status: JSONObject = [
            "resourceRules": .array(onResources), "nonResourceRules": .array(onPaths), "incomplete": JSONValue(!missing.isEmpty),
        ]
        if !missing.isEmpty { status["evaluationError"] = .string(missing.joined(separator: ", ")) }
        return .object(status)
    }

    // MARK: Tokens

    private func examine(_ review: KubernetesObject, at now: Instant) -> JSONValue {
        let spec = review.json.object("spec") ?? [:]
        let wanted = spec.strings("audiences").isEmpty ? [ServiceAccountTokens.audience] : spec.strings("audiences")
        if wanted.contains(ServiceAccountTokens.audience), let user = authenticator.staticTokens.user(of: spec.string("token")) {
            return ["authenticated": true, "user": user.json, "audiences": JSONValue([ServiceAccountTokens.audience])]
        }
        guard let identity = authenticator.tokens.identify(spec.string("token"), at: now) else {
            return ["user": [:], "error": "[invalid bearer token]"]
        }
        let accepted = wanted.filter(identity.audiences.contains)
        guard !accepted.isEmpty else {
            let (given, asked) = (identity.audiences.joined(separator: " "), wanted.joined(separator: " "))
            return ["user": [:], "error": .string("token audiences [\(given)] is invalid for the target audiences [\(asked)]")]
        }
        return ["authenticated": true, "user": identity.user.json, "audiences": JSONValue(accepted)]
    }

    /// A `TokenRequest` for a service account, with the token in its `status`.
    func issueToken(
        _ request: KubernetesObject, for serviceAccount: KubernetesObject, at now: Instant
    ) throws(StatusError) -> KubernetesObject {
        var answer = request
        Defaults.apply(to: &answer)
        var spec = answer.json.object("spec") ?? [:]
        let seconds = spec.int("expirationSeconds") ?? 3600
        guard seconds >= 600 else {
            let error = FieldError.invalid(
                .spec["expirationSeconds"], JSONValue(seconds), "may not specify a duration less than 10 minutes"
            )
            throw .invalid(request.groupVersionKind, "", [error])
        }
        guard seconds <= 1 << 32 else {
            let error = FieldError.invalid(
                .spec["expirationSeconds"], JSONValue(seconds), "may not specify a duration larger than 2^32 seconds")
            throw .invalid(request.groupVersionKind, "", [error])
        }
        if spec.strings("audiences").isEmpty { spec["audiences"] = [.string(ServiceAccountTokens.audience)] }
        let pod = try boundPod(of: spec, in: serviceAccount.namespace)
        spec.setDefault("boundObjectRef", .null)
        let end = now + min(.seconds(seconds), ServiceAccountTokens.longestLife)
        let token = try authenticator.tokens.issue(
            for: serviceAccount, audiences: spec.strings("audiences"), pod: pod, from: now, until: end
        )
        answer["metadata"] = [
            "name": .string(serviceAccount.name), "namespace": .string(serviceAccount.namespace ?? ""),
            "uid": .string(random.uuid()), "creationTimestamp": .string(KubernetesTime.seconds(now)),
        ]
        answer["spec"] = .object(spec)
        answer["status"] = ["token": .string(token), "expirationTimestamp": .string(KubernetesTime.seconds(end))]
        return answer
    }

    private func boundPod(of spec: JSONObject, in namespace: String?) throws(StatusError) -> KubernetesObject? {
        guard let reference = spec.object("boundObjectRef") else { return nil }
        guard ["Pod", "Secret", "Node"].contains(reference.string("kind")) else {
            throw .badRequest(
                "cannot bind token for serviceaccount to object of type \(reference.string("apiVersion")), Kind=\(reference.string("kind"))"
            )
        }
        guard reference.string("kind") == "Pod" else { return nil }
        let pods = GroupResource(resource: "pods")
        let name = reference.string("name")
        guard let pod = view.get(pods, ObjectKey(namespace: namespace, name: name)) else { throw .notFound(pods, name) }
        let uid = reference.string("uid")
        guard uid.isEmpty || uid == pod.uid else {
            throw .conflict(
                pods, name,
                "the UID in the bound object reference (\(uid)) does not match the UID in record. "
                    + "The object might have been deleted and then recreated"
            )
        }
        return pod
    }
}

extension UserInfo {
    /// As reviews show a user.
    var json: JSONValue {
        var json: JSONObject = ["username": .string(name)]
        if !uid.isEmpty { json["uid"] = .string(uid) }
        if !groups.isEmpty { json["groups"] = JSONValue(groups) }
        if !extra.isEmpty {
            json["extra"] = .object(JSONObject(extra.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) }))
        }
        return .object(json)
    }
}
