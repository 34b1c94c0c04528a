import KubernetesModel

/// Fills in the requests and limits that a namespace's limit ranges give, and refuses what is out of their range.
struct LimitRanger: AdmissionPlugin {
    private static let annotation = "kubernetes.io/limit-ranger"

    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isCreation(of: "pods") else { return }
        var notes: [String] = []
        for limits in Self.items(of: "Container", in: context) {
            object.json.modify("spec") { spec in
                for (list, title) in [("containers", "container"), ("initContainers", "init container")] {
                    spec.modifyEach(list) { notes += Self.complete(&$0, from: limits, title: title) }
                }
            }
        }
        guard !notes.isEmpty else { return }
        let text = "LimitRanger plugin set: \(notes.joined(separator: "; "))"
        object.json.modify("metadata") { metadata in
            metadata.modifyOrCreate("annotations") { $0[Self.annotation] = .string(text) }
        }
    }

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        let problems: [String]
        if context.isCreation(of: "pods") {
            problems = Self.problems(ofPod: object.json.object("spec") ?? [:], in: context)
        } else if context.isWhole("persistentvolumeclaims") {
            let resources = object.json.object("spec")?.object("resources") ?? [:]
            problems = Self.items(of: "PersistentVolumeClaim", in: context).flatMap { item in
                ResourceLimit(item: item).problems(with: ResourceNeeds(resources), requestsOnly: true)
            }
        } else {
            return
        }
        guard !problems.isEmpty else { return }
        throw context.forbidden(problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]")
    }

    private static func items(of type: String, in context: WriteContext) -> [JSONObject] {
        context.neighbours("limitranges").flatMap { range in
            (range.json.object("spec") ?? [:]).objects("limits").filter { $0.string("type") == type }
        }
    }

    /// What was added, in words.
    private static func complete(_ container: inout JSONObject, from limits: JSONObject, title: String) -> [String] {
        let name = container.string("name")
        var notes: [String] = []
        container.modifyOrCreate("resources") { resources in
            for (list, source, word) in [("requests", "defaultRequest", "request"), ("limits", "default", "limit")] {
                let given = limits.object(source) ?? [:]
                let present = resources.object(list) ?? [:]
                let missing = given.keys.filter { present.present($0) == nil }.sorted()
                guard !missing.isEmpty else { continue }
                resources.modifyOrCreate(list) { map in
                    for key in missing { map[key] = given[key] }
                }
                notes.append("\(missing.joined(separator: ", ")) \(word) for \(title) \(name)")
            }
        }
        return notes
    }

    private static func problems(ofPod spec: JSONObject, in context: WriteContext) -> [String] {
        let containers = spec.objects("containers")
        let all = containers + spec.objects("initContainers")
        let perContainer = items(of: "Container", in: context).flatMap { item in
            all.flatMap { ResourceLimit(item: item).problems(with: ResourceNeeds($0.object("resources") ?? [:])) }
        }
        let total = ResourceNeeds.sum(of: containers.map { ResourceNeeds($0.object("resources") ?? [:]) })
        let perPod = items(of: "Pod", in: context).flatMap { ResourceLimit(item: $0).problems(with: total) }
        return perContainer + perPod
    }
}

/// What a container, a pod or a claim requests and is limited to.
struct ResourceNeeds {
    var requests: [String: Quantity] = [:]
    var limits: [String: Quantity] = [:]

    init(requests: [String: Quantity] = [:], limits: [String: Quantity] = [:]) {
        self.requests = requests
        self.limits = limits
    }

    init(_ resources: JSONObject) {
        requests = resources.quantities("requests")
        limits = resources.quantities("limits")
    }

    static func sum(of needs: [ResourceNeeds]) -> ResourceNeeds {
        needs.reduce(into: ResourceNeeds()) { total, next in
            total.requests.merge(next.requests, uniquingKeysWith: +)
            total.limits.merge(next.limits, uniquingKeysWith: +)
        }
    }
}

extension JSONObject {
    /// The quantities of a resource list; what is none is passed over, since validation names it.
    func quantities(_ key: String) -> [String: Quantity] {
        var result: [String: Quantity] = [:]
        for (name, value) in object(key) ?? [:] { result[name] = Quantity(value) }
        return result
    }
}

/// The bounds that one item of a limit range sets.
private struct ResourceLimit {
    let type: String
    let minimum: [String: Quantity]
    let maximum: [String: Quantity]
    let ratio: [String: Quantity]

    init(item: JSONObject) {
        type = item.string("type")
        minimum = item.quantities("min")
        maximum = item.quantities("max")
        ratio = item.quantities("maxLimitRequestRatio")
    }

    func problems(with needs: ResourceNeeds, requestsOnly: Bool = false) -> [String] {
        let below = minimum.sorted { $0.key < $1.key }.compactMap { name, bound in
            self.below(name, bound, needs.requests[name], needs.limits[name])
        }
        let above = maximum.sorted { $0.key < $1.key }.compactMap { name, bound in
            requestsOnly
                ? aboveRequest(name, bound, needs.requests[name]) : self.above(name, bound, needs.requests[name], needs.limits[name])
        }
        let ratios = ratio.sorted { $0.key < $1.key }.compactMap { name, bound in
            ratioProblem(name, bound, needs.requests[name], needs.limits[name])
        }
        return below + above + ratios
    }

    private func below(_ name: String, _ bound: Quantity, _ request: Quantity?, _ limit: Quantity?) -> String? {
        let rule = "minimum \(name) usage per \(type) is \(bound)"
        guard let request else { return "\(rule).  No request is specified" }
        if request < bound { return "\(rule), but request is \(request)" }
        if let limit, limit < bound { return "\(rule), but limit is \(limit)" }
        return nil
    }

    private func above(_ name: String, _ bound: Quantity, _ request: Quantity?, _ limit: Quantity?) -> String? {
        let rule = "maximum \(name) usage per \(type) is \(bound)"
        guard let limit else { return "\(rule).  No limit is specified" }
        if bound < limit { return "\(rule), but limit is \(limit)" }
        if let request, bound < request { return "\(rule), but request is \(request)" }
        return nil
    }

    private func aboveRequest(_ name: String, _ bound: Quantity, _ request: Quantity?) -> String? {
        guard let request, bound < request else { return nil }
        return "maximum \(name) usage per \(type) is \(bound), but request is \(request)"
    }

    private func ratioProblem(_ name: String, _ bound: Quantity, _ request: Quantity?, _ limit: Quantity?) -> String? {
        let rule = "\(name) max limit to request ratio per \(type) is \(bound)"
        guard let request, !request.isZero else { return "\(rule), but no request is specified or request is 0" }
        guard let limit, !limit.isZero else { return "\(rule), but no limit is specified or limit is 0" }
        let observed = limit.doubleValue / request.doubleValue
        guard observed > bound.doubleValue else { return nil }
        let micro = Int((observed * 1_000_000).rounded())
        let fraction = String(micro % 1_000_000)
        let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
        return "\(rule), but provided ratio is \(micro / 1_000_000).\(padded)"
    }
}
