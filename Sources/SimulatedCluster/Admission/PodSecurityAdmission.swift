import KubernetesModel

/// Holds pods to the security standard that their namespace's labels ask for.
struct PodSecurityAdmission: AdmissionPlugin {
    private static let label = "pod-security.kubernetes.io/enforce"

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        let isPod = context.isWhole("pods") || (context.groupResource.description == "pods" && context.subresource == "ephemeralcontainers")
        guard isPod, let namespace = context.key.namespace, let labels = context.get("namespaces", namespace)?.metadata.labels,
            let level = labels[Self.label].flatMap(PodSecurityLevel.init(rawValue:))
        else { return }
        // A pod that was let in may go on changing what the standard doesn't look at.
        if let old, old.spec == object.spec { return }
        let violations = PodSecurityStandard.violations(of: level, by: object)
        guard !violations.isEmpty else { return }
        let version = labels["\(Self.label)-version"] ?? "latest"
        throw context.forbidden("violates PodSecurity \"\(level.rawValue):\(version)\": \(violations.joined(separator: ", "))")
    }
}

enum PodSecurityLevel: String {
    case privileged
    case baseline
    case restricted
}
