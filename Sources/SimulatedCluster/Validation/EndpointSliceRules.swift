import KubernetesModel
import KubernetesSemantics

/// Addresses behind Services, in slices.
enum EndpointSliceRules {
    static func slice(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let json = change.new
        let type = json.string("addressType")
        errors.checkChoice(json, "addressType", ["FQDN", "IPv4", "IPv6"], at: .root, isRequired: true)
        endpoints(json.objects("endpoints"), type, at: FieldPath("endpoints"), &errors)
        ports(json.objects("ports"), at: FieldPath("ports"), &errors)
        if let old = change.old { errors.checkUnchanged(json, old, "addressType", at: .root) }
    }

    private static func endpoints(_ endpoints: [JSONObject], _ type: String, at path: FieldPath, _ errors: inout [FieldError]) {
        if endpoints.count > 1000 { return errors.append(.tooMany(path, endpoints.count, maximum: 1000)) }
        for (index, endpoint) in endpoints.enumerated() {
            let (path, addresses) = (path[index], endpoint.strings("addresses"))
            if addresses.isEmpty { errors.required(path["addresses"], "must contain at least 1 address") }
            if addresses.count > 100 { errors.append(.tooMany(path["addresses"], addresses.count, maximum: 100)) }
            for (position, address) in addresses.enumerated() {
                self.address(address, type, at: path["addresses"][position], &errors)
            }
            if let node = endpoint["nodeName"]?.stringValue { errors.invalid(path["nodeName"], .string(node), NameRules.subdomain(node)) }
            let topology = endpoint.object("deprecatedTopology") ?? [:]
            if topology.count > 16 { errors.append(.tooMany(path["deprecatedTopology"], topology.count, maximum: 16)) }
            MetadataRules.labels(topology, at: path["deprecatedTopology"], &errors)
            if let name = endpoint["hostname"]?.stringValue { errors.invalid(path["hostname"], .string(name), NameRules.label(name)) }
            let hints = endpoint.object("hints") ?? [:]
            for (list, rule) in [("forZones", NameRules.labelValue), ("forNodes", NameRules.subdomain)] {
                self.hints(hints.objects(list), rule, at: path["hints"][list], &errors)
            }
        }
    }

    private static func address(_ text: String, _ type: String, at path: FieldPath, _ errors: inout [FieldError]) {
        switch type {
        case "IPv4", "IPv6":
            let address = IPAddress(text)
            if address == nil || address?.isVersion6 != (type == "IPv6") {
                errors.invalid(path, .string(text), "must be a valid \(type) address")
            }
            errors.invalid(
                path, .string(text), address == nil ? ["must be a valid IP address"] : AddressRules.problems(withReachable: text))
        case "FQDN": errors.invalid(path, .string(text), Names.domain(text, parts: 2))
        default: break
        }
    }

    private static func ports(_ ports: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        if ports.count > 20_000 { return errors.append(.tooMany(path, ports.count, maximum: 20_000)) }
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let path = path[index]
            errors.checkText(port, "name", NameRules.label, at: path)
            errors.checkUnique(port.string("name"), &names, at: path["name"])
            errors.checkChoice(port, "protocol", ["SCTP", "TCP", "UDP"], at: path, isRequired: true)
            guard let application = port["appProtocol"]?.stringValue else { continue }
            errors.invalid(path["appProtocol"], .string(application), NameRules.qualifiedName(application))
        }
    }

    private static func hints(
        _ hints: [JSONObject], _ rule: (String) -> [String], at path: FieldPath, _ errors: inout [FieldError]
    ) {
        if hints.count > 8 { return errors.append(.tooMany(path, hints.count, maximum: 8)) }
        var names: Set<String> = []
        for (index, hint) in hints.enumerated() {
            let (name, path) = (hint.string("name"), path[index]["name"])
            errors.checkUnique(name, &names, at: path)
            errors.invalid(path, .string(name), rule(name))
        }
    }
}
