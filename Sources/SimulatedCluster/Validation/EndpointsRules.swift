import KubernetesModel

/// Addresses behind Services, in the older form.
enum EndpointsRules {
    static func validate(_ json: JSONObject, _ errors: inout [FieldError]) {
        for (index, subset) in json.objects("subsets").enumerated() {
            let path = FieldPath("subsets")[index]
            let lists = ["addresses", "notReadyAddresses"]
            if lists.allSatisfy({ subset.objects($0).isEmpty }) { errors.required(path, "must specify `addresses` or `notReadyAddresses`") }
            for list in lists {
                for (position, address) in subset.objects(list).enumerated() { self.address(address, at: path[list][position], &errors) }
            }
            let ports = subset.objects("ports")
            for (position, port) in ports.enumerated() {
                self.port(port, isNamed: ports.count > 1, at: path["ports"][position], &errors)
            }
        }
    }

    private static func address(_ address: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let text = address.string("ip")
        let isAddress = AddressRules.isIP(text)
        if !isAddress { errors.invalid(path["ip"], .string(text), AddressRules.message) }
        errors.checkText(address, "hostname", NameRules.label, at: path)
        if let node = address["nodeName"]?.stringValue { errors.invalid(path["nodeName"], .string(node), NameRules.subdomain(node)) }
        errors.invalid(
            path["ip"], .string(text), isAddress ? AddressRules.problems(withReachable: text) : ["must be a valid IP address"])
    }

    private static func port(_ port: JSONObject, isNamed: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        if isNamed { errors.checkRequired(port, "name", at: path) }
        errors.checkText(port, "name", NameRules.label, at: path)
        let number = port.int("port") ?? 0
        errors.invalid(path["port"], JSONValue(number), Names.portNumber(number))
        errors.checkChoice(port, "protocol", ["SCTP", "TCP", "UDP"], at: path, isRequired: true)
        guard let application = port["appProtocol"]?.stringValue else { return }
        errors.invalid(path["appProtocol"], .string(application), NameRules.qualifiedName(application))
    }
}
