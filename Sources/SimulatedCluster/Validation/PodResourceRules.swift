import KubernetesModel

/// Requests and limits of a pod as a whole, and how those of its containers fit in.
enum PodResourceRules {
    static func validate(_ spec: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let resources = spec.object("resources") else { return }
        if resources.present("claims") != nil {
            errors.forbidden(path["claims"], "claims cannot be set for Resources at pod-level")
        }
        ResourceRules(names: name).validate(resources.filter { key, _ in key != "claims" }, at: path, &errors)
        requests(of: spec, within: resources.quantities("requests"), at: path["requests"], &errors)
        limits(of: spec, within: resources.quantities("limits"), at: path, &errors)
    }

    private static func name(_ name: String, _ path: FieldPath, _ errors: inout [FieldError]) {
        let problems = ResourceNames.problems(name)
        errors.invalid(path, .string(name), problems)
        guard problems.isEmpty, !["cpu", "memory"].contains(name), !ResourceNames.isHugePages(name) else { return }
        errors.append(.notSupported(path, .string(name), ["cpu", "hugepages-", "memory"]))
    }

    private static func requests(
        of spec: JSONObject, within own: [String: Quantity], at path: FieldPath, _ errors: inout [FieldError]
    ) {
        let needs = PodNeeds.containers(of: spec).requests
        for (name, need) in needs.sorted(by: { $0.key < $1.key }) where (own[name] ?? .zero) < need {
            let detail = "must be greater than or equal to aggregate container requests of \(need)"
            errors.invalid(path.key(name), (own[name] ?? .zero).json, detail)
        }
    }

    private static func limits(
        of spec: JSONObject, within own: [String: Quantity], at path: FieldPath, _ errors: inout [FieldError]
    ) {
        for (index, container) in spec.objects("containers").enumerated() {
            for (name, limit) in (container.object("resources")?.quantities("limits") ?? [:]).sorted(by: { $0.key < $1.key }) {
                guard let most = own[name], most < limit else { continue }
                let detail = "must be less than or equal to pod limits of \(most)"
                errors.invalid(path["containers"][index].key(name)["limits"], limit.json, detail)
            }
        }
    }
}
