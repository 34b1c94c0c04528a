import KubernetesModel

/// What the name of a resource says: whether it is one of Kubernetes's own, counted in whole pieces, or may be promised more
/// often than it is there.
enum ResourceNames {
    /// Names without a domain, or with `kubernetes.io` in theirs.
    static func isNative(_ name: String) -> Bool { !name.contains("/") || name.contains("kubernetes.io/") }

    static func isHugePages(_ name: String) -> Bool { name.hasPrefix("hugepages-") }

    /// Names of a domain that is not Kubernetes's, such as `nvidia.com/gpu`.
    static func isExtended(_ name: String) -> Bool {
        !isNative(name) && !name.hasPrefix("requests.") && NameRules.qualifiedName("requests.\(name)").isEmpty
    }

    static func isOvercommitted(_ name: String) -> Bool { isNative(name) && !isHugePages(name) }

    /// Whether amounts of it are whole.
    static func isInteger(_ name: String) -> Bool { QuotaNames.counts.contains(name) || isExtended(name) }

    private static let computing: Set = ["cpu", "ephemeral-storage", "memory"]

    /// The name of any resource.
    static func problems(_ name: String) -> [String] {
        let problems = NameRules.qualifiedName(name)
        guard problems.isEmpty, !name.contains("/"), !QuotaNames.isStandard(name) else { return problems }
        return ["must be a standard resource type or fully qualified"]
    }

    /// The name of a resource that a container asks for.
    static func problems(ofContainer name: String) -> [String] {
        let problems = problems(name)
        if !name.contains("/") {
            return computing.contains(name) || isHugePages(name) ? problems : problems + ["must be a standard resource for containers"]
        }
        return isNative(name) || isExtended(name) ? problems : problems + ["doesn't follow extended resource name standard"]
    }

    /// The name of a resource that a quota limits.
    static func problems(inQuota name: String) -> [String] {
        let isKnown = name.contains("/") || QuotaNames.isStandard(name)
        return problems(name) + (isKnown ? [] : ["must be a standard resource for quota"])
    }
}
