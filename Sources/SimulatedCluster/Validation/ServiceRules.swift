import KubernetesModel

/// Services, in the order of `ValidateService`.
enum ServiceRules {
    static func service(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if let old = change.oldSpec { ServiceUpdateRules.validate(change.spec, old, &errors) }
        validate(change.new, &errors)
        if change.old == nil { ServiceAddressRules.families(change.spec, &errors) }
    }

    private static let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]

    private static func validate(_ service: JSONObject, _ errors: inout [FieldError]) {
        let (spec, path) = (service.object("spec") ?? [:], FieldPath.spec)
        let (type, ports) = (spec.string("type"), spec.objects("ports"))
        topology(service, &errors)
        if ports.isEmpty, !ServiceAddressRules.isHeadless(spec), type != "ExternalName" { errors.required(path["ports"]) }
        special(type, spec, &errors)
        self.ports(ports, &errors)
        MetadataRules.labels(spec.object("selector") ?? [:], at: path["selector"], &errors)
        affinity(spec, &errors)
        if type != "ExternalName" { ServiceAddressRules.validate(spec, &errors) }
        for (index, address) in spec.strings("externalIPs").enumerated() {
            errors.invalid(path["externalIPs"][index], .string(address), AddressRules.problems(withReachable: address))
        }
        errors.checkChoice(spec, "type", types, at: path, isRequired: true)
        duplicates(ports, type, &errors)
        sources(service, type, &errors)
        if spec.present("allocateLoadBalancerNodePorts") != nil, type != "LoadBalancer" {
            errors.forbidden(path["allocateLoadBalancerNodePorts"], "may only be used when `type` is 'LoadBalancer'")
        }
        loadBalancerClass(spec, &errors)
        traffic(spec, type, &errors)
    }

    private static func topology(_ service: JSONObject, _ errors: inout [FieldError]) {
        let annotations = service.object("metadata")?.object("annotations") ?? [:]
        let (old, new) = ("service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode")
        guard let hints = annotations[old], let mode = annotations[new], hints != mode else { return }
        errors.invalid(
            FieldPath.metadata["annotations"].key(new), mode, "must match annotations[\(old)] when both are specified")
    }

    private static func special(_ type: String, _ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        switch type {
        case "LoadBalancer", "NodePort":
            guard ServiceAddressRules.isHeadless(spec) else { return }
            errors.invalid(path["clusterIPs"][0], "None", "may not be set to 'None' for \(type) services")
        case "ExternalName":
            for key in ["clusterIPs", "ipFamilies"] where !spec.strings(key).isEmpty {
                errors.forbidden(path[key], "may not be set for ExternalName services")
            }
            errors.checkAbsent(spec, ["ipFamilyPolicy"], at: path, "may not be set for ExternalName services")
            let name = spec.string("externalName")
            let host = name.hasSuffix(".") ? String(name.dropLast()) : name
            if host.isEmpty {
                errors.required(path["externalName"])
            } else {
                errors.invalid(path["externalName"], .string(host), NameRules.subdomain(host))
            }
        default: break
        }
    }

    private static func ports(_ ports: [JSONObject], _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let path = FieldPath.spec["ports"][index]
            let name = port.string("name")
            if name.isEmpty {
                if ports.count > 1 { errors.required(path["name"]) }
            } else {
                errors.invalid(path["name"], .string(name), NameRules.label(name))
                errors.checkUnique(name, &names, at: path["name"])
            }
            let number = port.int("port") ?? 0
            errors.invalid(path["port"], JSONValue(number), Names.portNumber(number))
            errors.checkChoice(port, "protocol", ["SCTP", "TCP", "UDP"], at: path, isRequired: true)
            PortRules.numberOrName(port.present("targetPort"), at: path["targetPort"], &errors)
            guard let application = port["appProtocol"]?.stringValue else { continue }
            errors.invalid(path["appProtocol"], .string(application), NameRules.qualifiedName(application))
        }
    }

    private static func affinity(_ spec: JSONObject, _ errors: inout [FieldError]) {
        errors.checkChoice(spec, "sessionAffinity", ["ClientIP", "None"], at: .spec, isRequired: true)
        let path = FieldPath.spec["sessionAffinityConfig"]
        let config = spec.object("sessionAffinityConfig")
        switch spec.string("sessionAffinity") {
        case "ClientIP":
            let detail = "when session affinity type is ClientIP"
            guard let config else { return errors.required(path, detail) }
            guard let client = config.object("clientIP") else { return errors.required(path["clientIP"], detail) }
            guard let seconds = client.int("timeoutSeconds") else { return errors.required(path["clientIP"]["timeoutSeconds"], detail) }
            guard !(1...86_400).contains(seconds) else { return }
            errors.invalid(path["clientIP"]["timeoutSeconds"], JSONValue(seconds), "must be greater than 0 and less than 86400")
        case "None":
            if config != nil { errors.forbidden(path, "must not be set when session affinity is None") }
        default: break
        }
    }

    private static func duplicates(_ ports: [JSONObject], _ type: String, _ errors: inout [FieldError]) {
        let path = FieldPath.spec["ports"]
        func number(_ port: JSONObject) -> Int { port.int("nodePort") ?? 0 }
        if type == "ClusterIP" {
            for (index, port) in ports.enumerated() where number(port) != 0 {
                errors.forbidden(path[index]["nodePort"], "may not be used when `type` is 'ClusterIP'")
            }
        }
        var nodePorts: Set<String> = []
        for (index, port) in ports.enumerated() where number(port) != 0 {
            guard !nodePorts.insert("\(port.string("protocol"))/\(number(port))").inserted else { continue }
            errors.append(.duplicate(path[index]["nodePort"], JSONValue(number(port))))
        }
        var seen: Set<JSONObject> = []
        for (index, port) in ports.enumerated() {
            let key: JSONObject = ["protocol": port["protocol"] ?? .null, "port": port["port"] ?? .null]
            if !seen.insert(key).inserted { errors.append(.duplicate(path[index], .object(key))) }
        }
    }

    /// Who may come in through a load balancer, by the field or by the annotation that was before it.
    private static func sources(_ service: JSONObject, _ type: String, _ errors: inout [FieldError]) {
        let key = "service.beta.kubernetes.io/load-balancer-source-ranges"
        let ranges = service.object("spec")?.strings("loadBalancerSourceRanges") ?? []
        let annotation = service.object("metadata")?.object("annotations")?[key]?.stringValue
        guard !ranges.isEmpty || annotation != nil else { return }
        let path = ranges.isEmpty ? FieldPath.metadata["annotations"].key(key) : FieldPath.spec["LoadBalancerSourceRanges"]
        if type != "LoadBalancer" { errors.forbidden(path, "may only be used when `type` is 'LoadBalancer'") }
        for (index, range) in ranges.enumerated() { network(range, at: path[index], &errors) }
        guard ranges.isEmpty, let annotation, !annotation.allSatisfy(\.isWhitespace) else { return }
        for range in annotation.split(separator: ",", omittingEmptySubsequences: false) { network(String(range), at: path, &errors) }
    }

    private static func network(_ text: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let text = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        if !AddressRules.isNetwork(text) { errors.invalid(path, .string(text), AddressRules.networkMessage) }
    }

    private static func loadBalancerClass(_ spec: JSONObject, _ errors: inout [FieldError]) {
        guard let name = spec["loadBalancerClass"]?.stringValue else { return }
        if spec.string("type") == "LoadBalancer" {
            errors.invalid(.spec["loadBalancerClass"], .string(name), NameRules.qualifiedName(name))
        } else {
            errors.forbidden(.spec["loadBalancerClass"], "may only be used when `type` is 'LoadBalancer'")
        }
    }

    private static func traffic(_ spec: JSONObject, _ type: String, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        let policy = spec.string("externalTrafficPolicy")
        if ServiceAddresses.isExternal(spec) {
            errors.checkChoice(spec, "externalTrafficPolicy", ["Cluster", "Local"], at: path, isRequired: true)
        } else if !policy.isEmpty {
            errors.invalid(path["externalTrafficPolicy"], .string(policy), "may only be set for externally-accessible services")
        }
        if let port = spec.int("healthCheckNodePort"), port != 0 {
            if ServiceAddresses.needsHealthCheck(spec) {
                errors.invalid(path["healthCheckNodePort"], JSONValue(port), Names.portNumber(port))
            } else {
                errors.invalid(
                    path["healthCheckNodePort"], JSONValue(port),
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
                )
            }
        }
        errors.checkChoice(spec, "internalTrafficPolicy", ["Cluster", "Local"], at: path, isRequired: type != "ExternalName")
        errors.checkChoice(spec, "trafficDistribution", ["PreferClose", "PreferSameNode", "PreferSameZone"], at: path)
    }
}
