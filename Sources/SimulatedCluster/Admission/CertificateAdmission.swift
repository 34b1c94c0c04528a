import KubernetesModel

/// Requests for certificates say who asks, tell when they were judged, and are approved and signed by those alone who may act
/// for the signer.
struct CertificateAdmission: AdmissionPlugin {
    let roles: RoleCatalog

    private static let group = "certificates.k8s.io"

    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.groupResource == GroupResource(group: Self.group, resource: "certificatesigningrequests") else { return }
        guard let old else { return object.json.modify("spec") { Self.note(context.user, in: &$0) } }
        // A request is never changed, only judged.
        object["spec"] = old["spec"]
        if context.subresource != nil { stampConditions(of: &object, replacing: old, at: context.now) }
    }

    private static func note(_ user: UserInfo, in spec: inout JSONObject) {
        spec["username"] = .string(user.name)
        spec["uid"] = user.uid.isEmpty ? nil : .string(user.uid)
        spec["groups"] = user.groups.isEmpty ? nil : .array(user.groups.map(JSONValue.string))
        let extra = user.extra.mapValues { JSONValue.array($0.map(JSONValue.string)) }
        spec["extra"] = extra.isEmpty ? nil : .object(JSONObject(extra.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    private func stampConditions(of object: inout KubernetesObject, replacing old: KubernetesObject, at now: Instant) {
        let before = old.json.object("status")?.objects("conditions") ?? []
        let time = JSONValue.string(KubernetesTime.seconds(now))
        object.json.modify("status") { status in
            status.modifyEach("conditions") { condition in
                if condition.string("lastUpdateTime").isEmpty { condition["lastUpdateTime"] = time }
                guard condition.string("lastTransitionTime").isEmpty else { return }
                let same = before.first { $0["type"] == condition["type"] && $0["status"] == condition["status"] }
                condition["lastTransitionTime"] = same?.present("lastTransitionTime") ?? time
            }
        }
    }

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.groupResource == GroupResource(group: Self.group, resource: "certificatesigningrequests") else { return }
        let signer = object.spec["signerName"]?.stringValue ?? ""
        guard let old else { return try checkSubject(of: object, signer: signer, in: context) }
        switch context.subresource {
        case "approval": try check("approve", for: signer, in: context)
        case "status" where object["status"] != old["status"]: try check("sign", for: signer, in: context)
        default: break
        }
    }

    private func check(_ verb: String, for signer: String, in context: WriteContext) throws(StatusError) {
        let domain = signer.split(separator: "/").first.map(String.init) ?? ""
        for name in [signer, domain + "/*"] {
            let attributes = AccessAttributes(
                user: context.user, verb: verb, group: Self.group, version: "*", resource: "signers", namespace: "", name: name)
            if Authorizer(roles: roles).decide(attributes).isAllowed { return }
        }
        throw context.forbidden("user not permitted to \(verb) requests with signerName \(signer.goQuoted)")
    }

    /// Nobody becomes a master by a certificate for clients.
    private func checkSubject(of object: KubernetesObject, signer: String, in context: WriteContext) throws(StatusError) {
        guard signer == "kubernetes.io/kube-apiserver-client", asksForMasters(object.spec["request"]?.stringValue ?? "") else { return }
        throw context.forbidden("use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed")
    }

    private func asksForMasters(_ request: String) -> Bool {
        let pem = Base64.decode(request).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard let request = try? CertificateRequest(pem: pem) else { return false }
        return CertificateSubject(request.subject).organizations.contains("system:masters")
    }
}
