import KubernetesModel

/// Services, in the order of `ValidateService`.
enum ServiceRules {
    static let rules: [GroupKind: ObjectValidator.Rule] = [
        GroupKind("Service"): { change, errors in
            validate(change.spec, &errors)
            if change.old == nil { families(change.spec, &errors) }
            if let old = change.oldSpec { update(change.spec, old, &errors) }
        }
    ]

    private static func validate(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        let type = spec.string("type")
        let ports = spec.objects("ports")
        let isHeadless = spec.string("clusterIP") == "None"
        if ports.isEmpty, !isHeadless, type != "ExternalName" { errors.required(path["ports"]) }
        special(type, spec, ports, isHeadless, &errors)
        self.ports(ports, &errors)
        MetadataRules.labels(spec.object("selector") ?? [:], at: path["selector"], &errors)
        errors.checkChoice(spec, "sessionAffinity", ["ClientIP", "None"], at: path, isRequired: true)
        if let seconds = spec.object("sessionAffinityConfig")?.object("clientIP")?.int("timeoutSeconds"), !(1...86_400).contains(seconds) {
            errors.invalid(
                path["sessionAffinityConfig"]["clientIP"]["timeoutSeconds"], JSONValue(seconds), "must be greater than 0 and less than 86400"
            )
        }
        addresses(spec, &errors)
        for (index, address) in spec.strings("externalIPs").enumerated() {
            errors.invalid(path["externalIPs"][index], .string(address), AddressRules.problems(withReachable: address))
        }
        errors.checkChoice(spec, "type", ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], at: path, isRequired: true)
        duplicates(ports, type, &errors)
        traffic(spec, type, &errors)
    }

    private static func special(
        _ type: String, _ spec: JSONObject, _ ports: [JSONObject], _ isHeadless: Bool, _ errors: inout [FieldError]
    ) {
        let path = FieldPath.spec
        switch type {
        case "LoadBalancer", "NodePort":
            if isHeadless {
                let value = JSONValue(spec.strings("clusterIPs"))
                errors.invalid(path["clusterIPs"][0], value, "may not be set to 'None' for \(type) services")
            }
        case "ExternalName":
            if !spec.string("clusterIP").isEmpty {
                errors.forbidden(path["clusterIPs"], "may not be set when `type` is 'ExternalName'")
            }
            let name = spec.string("externalName")
            if name.isEmpty {
                errors.required(path["externalName"])
            } else {
                errors.invalid(path["externalName"], .string(name), NameRules.subdomain(name.hasSuffix(".") ? String(name.dropLast()) : name))
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
                if !names.insert(name).inserted { errors.append(.duplicate(path["name"], .string(name))) }
            }
            let number = port.int("port") ?? 0
            errors.invalid(path["port"], JSONValue(number), Names.portNumber(number))
            errors.checkChoice(port, "protocol", ["SCTP", "TCP", "UDP"], at: path, isRequired: true)
            PortRules.numberOrName(port.present("targetPort"), at: path["targetPort"], &errors)
            let application = port.string("appProtocol")
            if !application.isEmpty { errors.invalid(path["appProtocol"], .string(application), NameRules.qualifiedName(application)) }
        }
    }

    private static func addresses(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let all = spec.strings("clusterIPs")
        let path = FieldPath.spec["clusterIPs"]
        guard spec.string("type") != "ExternalName", !all.isEmpty else { return }
        if all.count > 2 { return errors.invalid(path, JSONValue(all), "may only hold up to 2 values") }
        for (index, address) in all.enumerated() where address != "None" {
            if !AddressRules.isIP(address) { errors.invalid(path[index], .string(address), AddressRules.message) }
        }
        if all.contains("None"), all.count > 1 {
            errors.invalid(path[0], .string("None"), "'None' must be the first and only value")
        }
        let families = spec.strings("ipFamilies")
        for (index, family) in families.enumerated() where !["IPv4", "IPv6"].contains(family) {
            errors.append(.notSupported(FieldPath.spec["ipFamilies"][index], .string(family), ["IPv4", "IPv6"]))
        }
        errors.checkChoice(spec, "ipFamilyPolicy", ["PreferDualStack", "RequireDualStack", "SingleStack"], at: .spec)
    }

    /// The cluster hands out IPv4 addresses only.
    static func families(_ spec: JSONObject, _ errors: inout [FieldError]) {
        guard spec.string("type") != "ExternalName" else { return }
        let path = FieldPath.spec
        if spec.string("ipFamilyPolicy") == "RequireDualStack" {
            errors.invalid(path["ipFamilyPolicy"], "RequireDualStack", "this cluster is not configured for dual-stack services")
        }
        for (index, family) in spec.strings("ipFamilies").enumerated() where family == "IPv6" {
            // A headless service without selector may name any family: its endpoints are somebody else's.
            if spec.string("clusterIP") == "None", spec.object("selector") == nil { continue }
            errors.invalid(path["ipFamilies"][index], .string(family), "not configured on this cluster")
        }
    }

    private static func duplicates(_ ports: [JSONObject], _ type: String, _ errors: inout [FieldError]) {
        var seen: Set<JSONObject> = []
        var nodePorts: Set<JSONObject> = []
        for (index, port) in ports.enumerated() {
            let path = FieldPath.spec["ports"][index]
            let key: JSONObject = ["protocol": port["protocol"] ?? .null, "port": port["port"] ?? .null]
            if !seen.insert(key).inserted { errors.append(.duplicate(path, .object(key))) }
            guard let number = port.int("nodePort"), number != 0 else { continue }
            if type == "ClusterIP" || type == "ExternalName" {
                errors.forbidden(path["nodePort"], "may not be used when `type` is '\(type)'")
            } else if !nodePorts.insert(["protocol": port["protocol"] ?? .null, "nodePort": JSONValue(number)]).inserted {
                errors.append(.duplicate(path["nodePort"], JSONValue(number)))
            }
        }
    }

    private static func traffic(_ spec: JSONObject, _ type: String, _ errors: inout [FieldError]) {
        let path = FieldPath.spec
        let isExternal = type == "LoadBalancer" || type == "NodePort" || !spec.strings("externalIPs").isEmpty
        if !spec.string("externalTrafficPolicy").isEmpty, !isExternal {
            errors.invalid(
                path["externalTrafficPolicy"], spec["externalTrafficPolicy"], "may only be set for externally-accessible services"
            )
        }
        errors.checkChoice(spec, "externalTrafficPolicy", ["Cluster", "Local"], at: path, isRequired: type == "LoadBalancer" || type == "NodePort")
        errors.checkChoice(spec, "trafficDistribution", ["PreferClose", "PreferSameNode", "PreferSameZone"], at: path)
        if !spec.string("loadBalancerClass").isEmpty, type != "LoadBalancer" {
            errors.forbidden(path["loadBalancerClass"], "may only be used when `type` is 'LoadBalancer'")
        }
        errors.checkChoice(spec, "internalTrafficPolicy", ["Cluster", "Local"], at: path, isRequired: type != "ExternalName")
        if let port = spec.int("healthCheckNodePort"), port != 0, !ServiceAddresses.needsHealthCheck(spec) {
            errors.invalid(
                path["healthCheckNodePort"], JSONValue(port),
                "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
            )
        }
        let ranges = spec.strings("loadBalancerSourceRanges")
        if !ranges.isEmpty, type != "LoadBalancer" {
            errors.forbidden(path["loadBalancerSourceRanges"], "may only be used when `type` is 'LoadBalancer'")
        }
        for (index, range) in ranges.enumerated() where !AddressRules.isNetwork(range) {
            errors.invalid(path["loadBalancerSourceRanges"][index], .string(range), AddressRules.networkMessage)
        }
    }

    private static func update(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        guard new.string("type") != "ExternalName", old.string("type") != "ExternalName" else { return }
        let (addresses, before) = (new.strings("clusterIPs"), old.strings("clusterIPs"))
        if let first = before.first, !first.isEmpty, addresses.first != first {
            errors.invalid(FieldPath.spec["clusterIPs"][0], JSONValue(addresses), "may not change once set")
        }
    }
}
