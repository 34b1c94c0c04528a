import KubernetesModel

/// Holds pods to the security standard that their namespace's labels ask for.
///
/// Pods are refused by the level to enforce; about pods and templates of pods, the client is warned by the level to warn of.
struct PodSecurityAdmission: AdmissionPlugin {
    private static let prefix = "pod-security.kubernetes.io/"

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        if context.isWhole("namespaces") { return try checkNamespace(object, replacing: old, in: context) }
        let isPod = context.isWhole("pods") || (context.groupResource.description == "pods" && context.subresource == "ephemeralcontainers")
        guard let pod = isPod ? object : Self.template(of: object, in: context), let namespace = context.key.namespace,
            let labels = context.get("namespaces", namespace)?.metadata.labels
        else { return }
        // A pod that was let in may go on changing what the standard doesn't look at.
        if let old, old.spec == object.spec { return }
        if isPod, let problem = Self.problem(with: pod, "enforce", labels) { throw context.forbidden("violates \(problem)") }
        if let problem = Self.problem(with: pod, "warn", labels) { context.warnings?.add("would violate \(problem)") }
    }

    private static func template(of object: KubernetesObject, in context: WriteContext) -> KubernetesObject? {
        guard context.subresource == nil, let path = KindRules.of(object).podTemplate else { return nil }
        return object.value[path: path].flatMap { KubernetesObject($0) }
    }

    private static func problem(with pod: KubernetesObject, _ mode: String, _ labels: [String: String]) -> String? {
        guard let level = labels[prefix + mode].flatMap(PodSecurityLevel.init(rawValue:)) else { return nil }
        let violations = PodSecurityStandard.violations(of: level, by: pod)
        guard !violations.isEmpty else { return nil }
        let version = labels["\(prefix)\(mode)-version"] ?? "latest"
        return "PodSecurity \"\(level.rawValue):\(version)\": \(violations.joined(separator: ", "))"
    }

    /// A namespace that becomes stricter tells of the pods that are in it already.
    private func checkNamespace(
        _ namespace: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext
    ) throws(StatusError) {
        try checkLabels(of: namespace, replacing: old)
        let label = Self.prefix + "enforce"
        guard let warnings = context.warnings, let old, let wanted = namespace.metadata.labels[label], old.metadata.labels[label] != wanted,
            let level = PodSecurityLevel(rawValue: wanted)
        else { return }
        let pods = context.view.list(GroupResource(resource: "pods"), namespace: namespace.name)
        let violating = pods.map { ($0.name, PodSecurityStandard.violations(of: level, by: $0, isShort: true)) }.filter { !$0.1.isEmpty }
        guard !violating.isEmpty else { return }
        let version = namespace.metadata.labels["\(label)-version"] ?? "latest"
        warnings.add(
            "existing pods in namespace \"\(namespace.name)\" violate the new PodSecurity enforce level \"\(wanted):\(version)\""
        )
        for (problems, group) in Dictionary(grouping: violating, by: { $0.1.joined(separator: ", ") }).sorted(by: { $0.key < $1.key }) {
            let others = group.count - 1
            let more = others == 0 ? "" : " (and \(others) other pod\(others > 1 ? "s" : ""))"
            warnings.add("\(group[0].0)\(more): \(problems)")
        }
    }

    private func checkLabels(of namespace: KubernetesObject, replacing old: KubernetesObject?) throws(StatusError) {
        var errors: [FieldError] = []
        for mode in ["enforce", "audit", "warn"] {
            let label = Self.prefix + mode
            guard let level = namespace.metadata.labels[label], old?.metadata.labels[label] != level,
                PodSecurityLevel(rawValue: level) == nil
            else { continue }
            errors.append(
                .invalid(FieldPath.metadata["labels"].key(label), .string(level), "must be one of privileged, baseline, restricted"))
        }
        for mode in ["enforce", "audit", "warn"] {
            let label = "\(Self.prefix)\(mode)-version"
            guard let version = namespace.metadata.labels[label], old?.metadata.labels[label] != version, !isVersion(version) else {
                continue
            }
            errors.append(.invalid(FieldPath.metadata["labels"].key(label), .string(version), #"must be "latest" or "v1.x""#))
        }
        guard errors.isEmpty else { throw .invalid(namespace.groupVersionKind, namespace.name, errors) }
    }
}

/// Whether a version of the standards is meant: the newest, or that of a minor version of Kubernetes.
private func isVersion(_ text: String) -> Bool {
    guard text != "latest" else { return true }
    let minor = text.dropFirst("v1.".count)
    return text.hasPrefix("v1.") && !minor.isEmpty && minor.allSatisfy { ("0"..."9").contains($0) }
        && (minor == "0" || !minor.hasPrefix("0"))
}

enum PodSecurityLevel: String {
    case privileged
    case baseline
    case restricted
}
