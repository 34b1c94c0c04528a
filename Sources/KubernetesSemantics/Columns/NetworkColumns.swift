import KubernetesModel

/// What the API server prints about the rest of `networking.k8s.io`.
enum NetworkColumns {
    static func ingress(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let ingress = FieldReader(object)
        return [
            .string(object.name), .string(ingress.spec.ingressClassName.text(or: "<none>")), .string(hosts(of: ingress)),
            .string(CellText.loadBalancer(ingress.status.loadBalancer)),
            .string(ingress.spec.tls.elements.isEmpty ? "80" : "80, 443"), CellText.age(of: object, now: now),
        ]
    }

    /// The first three hosts; the number of those not shown counts rules, as the server does.
    private static func hosts(of ingress: FieldReader) -> String {
        let rules = ingress.spec.rules.elements
        var shown: [String] = []
        var hasMore = false
        for rule in rules {
            if shown.count == 3 { hasMore = true }
            if !hasMore && !rule.host.text.isEmpty { shown.append(rule.host.text) }
        }
        if shown.isEmpty { return "*" }
        let text = shown.joined(separator: ",")
        return hasMore ? "\(text) + \(rules.count - 3) more..." : text
    }

    static func ingressClass(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let spec = FieldReader(object).spec
        var parameters = "<none>"
        if spec.parameters.exists {
            let group = spec.parameters.apiGroup
            parameters = spec.parameters.kind.text + (group.exists ? ".\(group.text)" : "") + "/" + spec.parameters.name.text
        }
        return [.string(object.name), .string(spec.controller.text), .string(parameters), CellText.age(of: object, now: now)]
    }

    static func networkPolicy(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let selector = CellText.selector(FieldReader(object).spec.podSelector)
        return [.string(object.name), .string(selector), CellText.age(of: object, now: now)]
    }

    static func serviceCIDR(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let cidrs = FieldReader(object).spec.cidrs.texts.joined(separator: ",")
        return [.string(object.name), .string(cidrs), CellText.age(of: object, now: now)]
    }

    /// The age has no column of its own: the server appends it all the same.
    static func ipAddress(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let parent = FieldReader(object).spec.parentRef
        var text = "<none>"
        if parent.exists {
            let resource = GroupResource(group: parent.group.text, resource: parent.resource.text)
            let path = [resource.description.lowercased(), parent.namespace.text, parent.name.text]
            text = path.filter { !$0.isEmpty }.joined(separator: "/")
        }
        return [.string(object.name), .string(text), CellText.age(of: object, now: now)]
    }
}
