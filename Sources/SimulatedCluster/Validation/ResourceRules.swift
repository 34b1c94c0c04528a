import KubernetesModel

/// Requests and limits of a container.
enum ResourceRules {
    static func validate(_ resources: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let limits = resources.quantities("limits")
        let requests = resources.quantities("requests")
        for (name, quantity) in limits.sorted(by: { $0.key < $1.key }) {
            check(name, quantity, at: path["limits"].key(name), &errors)
        }
        for (name, quantity) in requests.sorted(by: { $0.key < $1.key }) {
            check(name, quantity, at: path["requests"].key(name), &errors)
            guard let limit = limits[name] else {
                if !isOvercommitted(name) { errors.required(path["limits"], "Limit must be set for non overcommitable resources") }
                continue
            }
            if !isOvercommitted(name), limit != quantity {
                errors.invalid(path["requests"], quantity.json, "must be equal to \(name) limit of \(limit)")
            } else if limit < quantity {
                errors.invalid(path["requests"], quantity.json, "must be less than or equal to \(name) limit of \(limit)")
            }
        }
    }

    private static let standard: Set = ["cpu", "memory", "ephemeral-storage"]

    private static func isOvercommitted(_ name: String) -> Bool {
        standard.contains(name) || name.hasPrefix("kubernetes.io/") || !name.contains("/") && !name.hasPrefix("hugepages-")
    }

    private static func check(_ name: String, _ quantity: Quantity, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.invalid(path, .string(name), NameRules.qualifiedName(name))
        if !name.contains("/"), !standard.contains(name), !name.hasPrefix("hugepages-") {
            errors.invalid(path, .string(name), "must be a standard resource type or fully qualified")
            errors.invalid(path, .string(name), "must be a standard resource for containers")
        }
        if quantity.isNegative { errors.invalid(path, quantity.json, "must be greater than or equal to 0") }
        if name.contains("/"), quantity.milliValue % 1000 != 0 { errors.invalid(path, quantity.json, "must be an integer") }
    }
}
