package import KubernetesModel

extension QuotaUsage {
    /// Whether a quota's scopes include an object. A quota without scopes is about everything.
    package static func applies(_ quota: KubernetesObject, to object: KubernetesObject, resource: GroupResource) -> Bool {
        let spec = quota.json.object("spec") ?? [:]
        let scopes: [JSONObject] = spec.strings("scopes").map { ["scopeName": .string($0), "operator": "Exists"] }
        let terms = scopes + (spec.object("scopeSelector") ?? [:]).objects("matchExpressions")
        if terms.isEmpty { return true }
        guard resource == GroupResource(resource: "pods") else { return false }
        let pod = object.json.object("spec") ?? [:]
        return terms.allSatisfy { matches($0, pod: pod, json: object.json) }
    }

    private static func matches(_ term: JSONObject, pod: JSONObject, json: JSONObject) -> Bool {
        switch term.string("scopeName") {
        case "Terminating": return pod.present("activeDeadlineSeconds") != nil
        case "NotTerminating": return pod.present("activeDeadlineSeconds") == nil
        case "BestEffort": return QualityOfService.of(pod: json) == .bestEffort
        case "NotBestEffort": return QualityOfService.of(pod: json) != .bestEffort
        case "PriorityClass":
            let name = pod.string("priorityClassName")
            switch term.string("operator") {
            case "In": return term.strings("values").contains(name)
            case "NotIn": return !term.strings("values").contains(name)
            case "DoesNotExist": return name.isEmpty
            default: return !name.isEmpty
            }
        default: return false
        }
    }
}
