import KubernetesModel

/// What the API server prints about role bindings and certificate requests.
enum AccessColumns {
    static func binding(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let binding = FieldReader(object)
        func subjects(_ kind: String) -> JSONValue {
            let names = binding.subjects.elements.filter { $0.kind.text == kind }.map { subject in
                kind == "ServiceAccount" ? "\(subject.namespace.text)/\(subject.name.text)" : subject.name.text
            }
            return .string(names.joined(separator: ", "))
        }
        return [
            .string(object.name), .string("\(binding.roleRef.kind.text)/\(binding.roleRef.name.text)"), CellText.age(of: object, now: now),
            subjects("User"), subjects("Group"), subjects("ServiceAccount"),
        ]
    }

    static func certificateSigningRequest(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let request = FieldReader(object)
        let seconds = request.spec.expirationSeconds
        return [
            .string(object.name), CellText.age(of: object, now: now), .string(request.spec.signerName.text(or: "<none>")),
            .string(request.spec.username.text), .string(seconds.exists ? HumanDuration.text(seconds: seconds.number) : "<none>"),
            .string(condition(of: request)),
        ]
    }

    private static func condition(of request: FieldReader) -> String {
        let conditions = request.status.conditions
        var text = "Pending"
        if conditions.condition("Denied") != nil {
            text = "Denied"
        } else if conditions.condition("Approved") != nil {
            text = "Approved"
        }
        if conditions.condition("Failed") != nil { text += ",Failed" }
        if !request.status.certificate.text.isEmpty { text += ",Issued" }
        return text
    }
}
