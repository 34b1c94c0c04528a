import KubernetesModel

/// Requests and limits, of a container or of a whole pod.
struct ResourceRules {
    /// What is wrong with the name of a resource.
    var names: (String, FieldPath, inout [FieldError]) -> Void = Self.containerName
    /// The resource claims that the pod names.
    var claims: Set<String> = []

    func validate(_ resources: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let limits = resources.quantities("limits")
        let requests = resources.quantities("requests")
        for (name, quantity) in limits.sorted(by: { $0.key < $1.key }) {
            let path = path["limits"].key(name)
            names(name, path, &errors)
            Self.amount(quantity, of: name, at: path, &errors)
            Self.pages(quantity, of: name, at: path, &errors)
        }
        for (name, quantity) in requests.sorted(by: { $0.key < $1.key }) {
            let key = path["requests"].key(name)
            names(name, key, &errors)
            Self.amount(quantity, of: name, at: key, &errors)
            Self.request(quantity, of: name, within: limits[name], at: path, &errors)
            Self.pages(quantity, of: name, at: key, &errors)
        }
        let stated = Set(limits.keys).union(requests.keys)
        if stated.contains(where: ResourceNames.isHugePages), stated.isDisjoint(with: ["cpu", "memory"]) {
            errors.forbidden(path, "HugePages require cpu or memory")
        }
        claimNames(resources.objects("claims"), at: path["claims"], &errors)
    }

    static func containerName(_ name: String, _ path: FieldPath, _ errors: inout [FieldError]) {
        errors.invalid(path, .string(name), ResourceNames.problems(ofContainer: name))
    }

    /// An amount by itself: not below zero, and whole where there are no parts.
    static func amount(_ quantity: Quantity, of name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if quantity.isNegative { errors.invalid(path, quantity.json, "must be greater than or equal to 0") }
        if ResourceNames.isInteger(name), quantity.milliValue % 1000 != 0 { errors.invalid(path, quantity.json, "must be an integer") }
    }

    private static func request(
        _ quantity: Quantity, of name: String, within limit: Quantity?, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        let isFlexible = ResourceNames.isOvercommitted(name)
        guard let limit else {
            if !isFlexible { errors.required(path["limits"], "Limit must be set for non overcommitable resources") }
            return
        }
        if !isFlexible, limit != quantity {
            errors.invalid(path["requests"], quantity.json, "must be equal to \(name) limit of \(limit)")
        } else if limit < quantity {
            errors.invalid(path["requests"], quantity.json, "must be less than or equal to \(name) limit of \(limit)")
        }
    }

    private static func pages(_ quantity: Quantity, of name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard ResourceNames.isHugePages(name) else { return }
        let size = (try? Quantity(String(name.dropFirst("hugepages-".count))))?.value ?? 0
        guard size <= 0 || quantity.value < 0 || quantity.value % size != 0 else { return }
        errors.invalid(path, quantity.json, "\(quantity) is not positive integer multiple of \(name)")
    }

    private func claimNames(_ entries: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var seen: Set<String> = []
        for (index, entry) in entries.enumerated() {
            let (name, request, path) = (entry.string("name"), entry.string("request"), path[index])
            guard !name.isEmpty else {
                errors.required(path)
                continue
            }
            errors.checkText(entry, "request", NameRules.label, at: path)
            let key = request.isEmpty ? name : "\(name)/\(request)"
            // A claim as a whole overlaps with each of its requests.
            let isTaken = seen.contains(name) || request.isEmpty && seen.contains { $0.hasPrefix("\(name)/") }
            if isTaken || !seen.insert(key).inserted { errors.append(.duplicate(path, .string(isTaken ? name : key))) }
            guard !claims.contains(name) else { continue }
            let list = claims.isEmpty ? " which is empty" : ": " + claims.sorted().joined(separator: ", ")
            errors.append(
                FieldError(path, .notFound, value: .string(name), detail: "must be one of the names in pod.spec.resourceClaims\(list)")
            )
        }
    }
}
