import KubernetesModel

/// Limit ranges: bounds and defaults, which must fit each other.
enum LimitRangeRules {
    private static let lists = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"]
    private static let types: Set = ["Container", "PersistentVolumeClaim", "Pod"]

    static func validate(_ spec: JSONObject, _ errors: inout [FieldError]) {
        var seen: Set<String> = []
        for (index, item) in spec.objects("limits").enumerated() {
            let (type, path) = (item.string("type"), FieldPath.spec["limits"][index])
            let problems = NameRules.qualifiedName(type)
            errors.invalid(path["type"], .string(type), problems)
            if problems.isEmpty, !type.contains("/"), !types.contains(type) {
                errors.invalid(path["type"], .string(type), "must be a standard limit type or fully qualified")
            }
            errors.checkUnique(type, &seen, at: path["type"])
            names(item, type, at: path, &errors)
            for name in Set(lists.flatMap { (item.object($0) ?? [:]).keys }).sorted() {
                bounds(LimitBounds(item, name), at: path, &errors)
            }
        }
    }

    private static func names(_ item: JSONObject, _ type: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let isRunning = type == "Pod" || type == "Container"
        for list in lists {
            let amounts = item.object(list) ?? [:]
            if type == "Pod", list.hasPrefix("default") {
                if !amounts.isEmpty { errors.forbidden(path[list], "may not be specified when `type` is 'Pod'") }
                continue
            }
            if list == "maxLimitRequestRatio", type == "PersistentVolumeClaim",
                item.object("min")?["storage"] == nil, item.object("max")?["storage"] == nil
            {
                errors.required(path["limits"], "either minimum or maximum storage value is required, but neither was provided")
            }
            for name in amounts.keys.sorted() {
                let problems = isRunning ? ResourceNames.problems(ofContainer: name) : ResourceNames.problems(name)
                errors.invalid(path[list].key(name), .string(name), problems)
            }
        }
    }

    private static func bounds(_ bounds: LimitBounds, at path: FieldPath, _ errors: inout [FieldError]) {
        func check(_ list: String, _ value: Quantity?, _ low: Quantity?, _ high: Quantity?, _ words: (Quantity, Quantity) -> String) {
            guard let low, let high, high < low else { return }
            errors.invalid(path[list].key(bounds.name), value?.json, words(low, high))
        }
        let (least, most) = (bounds.min, bounds.max)
        let (limit, request) = (bounds.limit, bounds.request)
        check("min", least, least, most) { "min value \($0) is greater than max value \($1)" }
        check("defaultRequest", request, least, request) { "min value \($0) is greater than default request value \($1)" }
        check("defaultRequest", request, request, most) { "default request value \($0) is greater than max value \($1)" }
        check("defaultRequest", request, request, limit) { "default request value \($0) is greater than default limit value \($1)" }
        check("default", least, least, limit) { "min value \($0) is greater than default value \($1)" }
        check("default", most, limit, most) { "default value \($0) is greater than max value \($1)" }
        ratio(bounds, at: path["maxLimitRequestRatio"].key(bounds.name), &errors)
        if let limit, let request, limit != request, !ResourceNames.isOvercommitted(bounds.name) {
            errors.invalid(
                path["defaultRequest"].key(bounds.name), request.json,
                "default value \(limit) must equal to defaultRequest value \(request) in \(bounds.name)"
            )
        }
    }

    private static func ratio(_ bounds: LimitBounds, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let ratio = bounds.ratio else { return }
        if ratio < Quantity(1) { errors.invalid(path, ratio.json, "ratio \(ratio) is less than 1") }
        guard let least = bounds.min, let most = bounds.max else { return }
        let widest = most.doubleValue / least.doubleValue
        guard ratio.doubleValue > widest else { return }
        errors.invalid(path, ratio.json, "ratio \(ratio) is greater than max/min = \(GoText.fixed(widest))")
    }
}

/// What one item of a limit range says about one resource.
private struct LimitBounds {
    let name: String
    let min, max, limit, request, ratio: Quantity?

    init(_ item: JSONObject, _ name: String) {
        // Pods have no defaults: those that are there are told as a whole.
        let isPod = item.string("type") == "Pod"
        func amount(_ list: String) -> Quantity? { Quantity(item.object(list)?[name]) }
        self.name = name
        min = amount("min")
        max = amount("max")
        limit = isPod ? nil : amount("default")
        request = isPod ? nil : amount("defaultRequest")
        ratio = amount("maxLimitRequestRatio")
    }
}
