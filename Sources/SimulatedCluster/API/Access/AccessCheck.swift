import KubernetesModel

/// Lets a request pass, or refuses it in Kubernetes's words.
struct AccessCheck {
    private let parts: ClusterParts

    init(_ parts: ClusterParts) {
        self.parts = parts
    }

    func check(_ attributes: AccessAttributes) throws(StatusError) {
        let decision = parts.access.authorizer.decide(attributes)
        guard !decision.isAllowed else { return }
        throw Self.refusal(of: attributes, reason: decision.reason)
    }

    static func refusal(of attributes: AccessAttributes, reason: String) -> StatusError {
        let end = reason.isEmpty ? "" : ": \(reason)"
        let user = "User \(attributes.user.name.goQuoted)"
        guard attributes.isResourceRequest else {
            return StatusError(
                code: 403, reason: "Forbidden",
                message: "forbidden: \(user) cannot \(attributes.verb) path \(attributes.path.goQuoted)\(end)",
                details: StatusError.Details()
            )
        }
        let resource = attributes.subresource.isEmpty ? attributes.resource : "\(attributes.resource)/\(attributes.subresource)"
        let place = attributes.namespace.isEmpty ? "at the cluster scope" : "in the namespace \(attributes.namespace.goQuoted)"
        return .forbidden(
            GroupResource(group: attributes.group, resource: attributes.resource), attributes.name,
            "\(user) cannot \(attributes.verb) resource \(resource.goQuoted) in API group \(attributes.group.goQuoted) \(place)\(end)"
        )
    }
}
