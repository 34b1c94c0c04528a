/// The resources that a quota can limit without naming a group.
enum QuotaNames {
    static let counts: Set = [
        "configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets", "services",
        "services.loadbalancers", "services.nodeports",
    ]
    private static let amounts: Set = ["cpu", "ephemeral-storage", "memory", "storage"]

    static func isStandard(_ name: String) -> Bool {
        if counts.contains(name) || amounts.contains(name) || name.hasPrefix("hugepages-") { return true }
        return ["requests.", "limits."].contains { prefix in
            name.hasPrefix(prefix) && (amounts.contains(String(name.dropFirst(prefix.count))) || name.hasPrefix("\(prefix)hugepages-"))
        }
    }
}
