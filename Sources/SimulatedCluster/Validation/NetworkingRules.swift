import KubernetesModel
import KubernetesSemantics

/// Ingresses and network policies.
enum NetworkingRules {
    static func ingress(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let rules = spec.objects("rules")
        if rules.isEmpty, spec.object("defaultBackend") == nil {
            errors.invalid(.spec, .array([]), "either `defaultBackend` or `rules` must be specified")
        }
        if let backend = spec.object("defaultBackend") { self.backend(backend, at: .spec["defaultBackend"], &errors) }
        for (index, rule) in rules.enumerated() {
            let path = FieldPath.spec["rules"][index]
            host(rule.string("host"), at: path["host"], &errors)
            guard let http = rule.object("http") else { continue }
            let paths = http.objects("paths")
            if paths.isEmpty { errors.required(path["http"]["paths"]) }
            for (position, entry) in paths.enumerated() { self.path(entry, at: path["http"]["paths"][position], &errors) }
        }
        for (index, entry) in spec.objects("tls").enumerated() { tls(entry, at: .spec["tls"][index], &errors) }
        let name = spec.string("ingressClassName")
        if !name.isEmpty { errors.invalid(.spec["ingressClassName"], .string(name), NameRules.subdomain(name)) }
    }

    private static func host(_ host: String, at path: FieldPath, _ errors: inout [FieldError]) {
        guard !host.isEmpty else { return }
        if AddressRules.isIP(host) { errors.invalid(path, .string(host), "must be a DNS name, not an IP address") }
        errors.invalid(path, .string(host), host.contains("*") ? Names.wildcardSubdomain(host) : NameRules.subdomain(host))
    }

    private static func tls(_ entry: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, host) in entry.strings("hosts").enumerated() {
            let problems = host.contains("*") ? Names.wildcardSubdomain(host) : NameRules.subdomain(host)
            errors.invalid(path["hosts"][index], .string(host), problems)
        }
        let secret = entry.string("secretName")
        if !secret.isEmpty { errors.invalid(path["secretName"], .string(secret), NameRules.subdomain(secret)) }
    }

    private static func path(_ entry: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let type = entry.string("pathType")
        let text = entry.string("path")
        switch type {
        case "": return errors.required(path["pathType"], "pathType must be specified")
        case "Exact", "Prefix":
            if !text.hasPrefix("/") { errors.invalid(path["path"], .string(text), "must be an absolute path") }
            for part in ["//", "/./", "/../", "%2f", "%2F"] where text.contains(part) {
                errors.invalid(path["path"], .string(text), "must not contain '\(part)'")
            }
            for end in ["/..", "/."] where text.hasSuffix(end) {
                errors.invalid(path["path"], .string(text), "cannot end with '\(end)'")
            }
        case "ImplementationSpecific":
            if !text.isEmpty, !text.hasPrefix("/") { errors.invalid(path["path"], .string(text), "must be an absolute path") }
        default: errors.append(.notSupported(path["pathType"], .string(type), ["Exact", "ImplementationSpecific", "Prefix"]))
        }
        backend(entry.object("backend") ?? [:], at: path["backend"], &errors)
    }

    private static func backend(_ backend: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        switch (backend.object("service"), backend.object("resource")) {
        case (_?, _?): errors.invalid(path, "", "cannot set both resource and service backends")
        case (nil, nil): errors.invalid(path, "", "resource or service backend is required")
        case (nil, let resource?): object(resource, at: path["resource"], &errors)
        case (let service?, nil):
            let (backendPath, path) = (path, path["service"])
            let name = service.string("name")
            if name.isEmpty { errors.required(path["name"]) } else { errors.invalid(path["name"], .string(name), NameRules.label(name)) }
            let port = service.object("port") ?? [:]
            let (number, portName) = (port.int("number") ?? 0, port.string("name"))
            if !portName.isEmpty, number != 0 {
                errors.invalid(backendPath, "", "cannot set both port name & port number")
            } else if !portName.isEmpty {
                errors.invalid(path["port"]["name"], .string(portName), Names.port(portName))
            } else if number == 0 {
                errors.required(backendPath, "port name or number is required")
            } else {
                errors.invalid(path["port"]["number"], JSONValue(number), Names.portNumber(number))
            }
        }
    }

    /// A reference to an object of any kind.
    private static func object(_ reference: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let group = reference["apiGroup"]?.stringValue { errors.invalid(path["apiGroup"], .string(group), NameRules.subdomain(group)) }
        for key in ["kind", "name"] {
            let text = reference.string(key)
            if text.isEmpty { errors.required(path[key]) } else { errors.invalid(path[key], .string(text), Names.pathSegment(text)) }
        }
    }

    static func policy(_ spec: JSONObject, _ errors: inout [FieldError]) {
        SelectorRules.validate(spec.object("podSelector") ?? [:], at: .spec["podSelector"], &errors)
        for (direction, peers) in [("ingress", "from"), ("egress", "to")] {
            for (index, rule) in spec.objects(direction).enumerated() {
                let path = FieldPath.spec[direction][index]
                for (position, port) in rule.objects("ports").enumerated() { policyPort(port, at: path["ports"][position], &errors) }
                for (position, peer) in rule.objects(peers).enumerated() { self.peer(peer, at: path[peers][position], &errors) }
            }
        }
        let types = spec.strings("policyTypes")
        if types.count > 2 { return errors.invalid(.spec["policyTypes"], JSONValue(types), "may not specify more than two policyTypes") }
        for (index, type) in types.enumerated() where !["Ingress", "Egress"].contains(type) {
            errors.append(.notSupported(.spec["policyTypes"][index], .string(type), ["Ingress", "Egress"]))
        }
    }

    private static func policyPort(_ port: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkChoice(port, "protocol", ["TCP", "UDP", "SCTP"], at: path)
        guard let number = port.present("port") else {
            if let end = port.present("endPort") {
                errors.invalid(path["endPort"], end, "may not be specified when `port` is not specified")
            }
            return
        }
        PortRules.numberOrName(number, at: path["port"], &errors)
        guard let end = port.int("endPort") else { return }
        if let first = number.intValue {
            if end < first { errors.invalid(path["endPort"], JSONValue(first), "must be greater than or equal to `port`") }
            errors.invalid(path["endPort"], JSONValue(end), Names.portNumber(end))
        } else {
            errors.invalid(path["endPort"], JSONValue(end), "may not be specified when `port` is non-numeric")
        }
    }

    private static func peer(_ peer: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let selectors = ["podSelector", "namespaceSelector"].filter { peer.object($0) != nil }
        for key in selectors { SelectorRules.validate(peer.object(key) ?? [:], at: path[key], &errors) }
        guard let block = peer.object("ipBlock") else {
            if selectors.isEmpty { errors.required(path, "must specify a peer") }
            return
        }
        let network = block.string("cidr")
        if network.isEmpty {
            errors.required(path["ipBlock"]["cidr"])
        } else if !AddressRules.isNetwork(network) {
            errors.invalid(path["ipBlock"]["cidr"], .string(network), AddressRules.networkMessage)
        }
        for (index, except) in block.strings("except").enumerated() {
            let path = path["ipBlock"]["except"][index]
            if !AddressRules.isNetwork(except) {
                errors.invalid(path, .string(except), AddressRules.networkMessage)
            } else if let outer = AddressBlock(network), let inner = AddressBlock(except), !outer.isWider(than: inner) {
                errors.invalid(path, .string(except), "must be a strict subset of `cidr`")
            }
        }
        if !selectors.isEmpty { errors.forbidden(path, "may not specify both ipBlock and another peer") }
    }
}
