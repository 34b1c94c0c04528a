import KubernetesModel

/// Requests for certificates, and who may sign them.
enum CertificateRules {
    static func request(_ change: ObjectChange, _ errors: inout [FieldError]) {
        request(change.spec, &errors)
        if change.old != nil { status(change, &errors) }
    }

    private static let usages = [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only",
        "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement",
        "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ]

    private static func request(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        let text = Base64.decode(spec.string("request")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        do throws(CertificateRequest.Problem) {
            _ = try CertificateRequest(pem: text)
        } catch {
            errors.invalid(path["request"], spec.present("request"), error.description)
        }
        let wanted = spec.strings("usages")
        if wanted.isEmpty { errors.required(path["usages"]) }
        for (index, usage) in wanted.enumerated() where !usages.contains(usage) {
            errors.append(.notSupported(path["usages"][index], .string(usage), usages))
        }
        var seen: Set<String> = []
        for (index, usage) in wanted.enumerated() { errors.checkUnique(usage, &seen, at: path["usages"][index]) }
        if spec.string("signerName") == "kubernetes.io/legacy-unknown" {
            errors.invalid(path["signerName"], spec["signerName"], "the legacy signerName is not allowed via this API version")
        } else {
            SignerNames.validate(spec, at: path, &errors)
        }
        if let seconds = spec.int("expirationSeconds"), seconds < 600 {
            errors.invalid(path["expirationSeconds"], JSONValue(seconds), "may not specify a duration less than 600 seconds (10 minutes)")
        }
    }

    private static let final: Set = ["Approved", "Denied", "Failed"]

    static func status(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (new, old) = (change.new.object("status") ?? [:], change.old?.object("status") ?? [:])
        conditions(new.objects("conditions"), &errors)
        let path = FieldPath.status["conditions"]
        func all(_ type: String, in status: JSONObject) -> [JSONObject] {
            status.objects("conditions").filter { $0.string("type") == type }
        }
        for type in ["Approved", "Denied", "Failed"] where all(type, in: new).count < all(type, in: old).count {
            errors.forbidden(path, "updates may not remove a condition of type \(type.goQuoted)")
        }
        if change.subresource != "approval" {
            for type in ["Approved", "Denied"] where all(type, in: new).count > all(type, in: old).count {
                errors.forbidden(path, "updates may not add a condition of type \(type.goQuoted)")
            }
        }
        guard new.string("certificate") != old.string("certificate") else { return }
        if change.subresource != "status" {
            errors.forbidden(.status["certificate"], "updates may not set certificate content")
        } else if !old.string("certificate").isEmpty {
            errors.forbidden(.status["certificate"], "updates may not modify existing certificate content")
        }
    }

    private static func conditions(_ conditions: [JSONObject], _ errors: inout [FieldError]) {
        var types: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            let (path, type) = (FieldPath.status["conditions"][index], condition.string("type"))
            errors.checkRequired(condition, "type", at: path)
            let supported = final.contains(type) ? ["True"] : ["False", "True", "Unknown"]
            errors.checkChoice(condition, "status", supported, at: path, isRequired: true)
            let isContrary = type == "Approved" && types.contains("Denied") || type == "Denied" && types.contains("Approved")
            if isContrary {
                errors.invalid(path["type"], .string(type), "Approved and Denied conditions are mutually exclusive")
            }
            errors.checkUnique(type, &types, at: path["type"])
        }
    }
}

/// Names of signers: a domain and a path.
enum SignerNames {
    static func validate(_ json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let (name, path) = (json.string("signerName"), path["signerName"])
        if name.isEmpty { return errors.required(path) }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            return errors.invalid(
                path, .string(name), "must be a fully qualified domain and path of the form 'example.com/signer-name'")
        }
        if parts[0].isEmpty || parts[1].isEmpty {
            let what = parts[0].isEmpty ? "domain" : "path"
            errors.invalid(path, .string(name), "\(what) must not be empty in '\(name)'")
        }
        for message in NameRules.subdomain(parts[0]) where !parts[0].isEmpty {
            errors.invalid(path, .string(parts[0]), "validating label \(parts[0].goQuoted): \(message)")
        }
        if !parts[0].isEmpty, !parts[0].contains(".") {
            errors.invalid(path, .string(name), "should be a domain with at least two segments separated by dots")
        }
    }
}
