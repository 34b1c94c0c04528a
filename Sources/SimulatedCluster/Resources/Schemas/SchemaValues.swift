import KubernetesModel

/// What schemas say about values.
enum SchemaValues {
    static func typeName(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): number.intValue == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    static func isOf(_ value: JSONValue, _ type: String) -> Bool {
        let name = typeName(of: value)
        return name == type || (type == "number" && name == "integer")
    }

    /// Formats that are checked; others mean nothing to a server.
    static func hasFormat(_ text: String, _ format: String) -> Bool {
        switch format {
        case "date-time", "datetime": KubernetesTime.parse(text) != nil
        case "date": KubernetesTime.parse("\(text)T00:00:00Z") != nil
        case "duration": GoDuration.seconds(text) != nil
        case "byte": Base64.decode(text) != nil
        case "ipv4": AddressRules.isIP(text) && !text.contains(":")
        case "ipv6": AddressRules.isIP(text) && text.contains(":")
        case "cidr": AddressRules.isNetwork(text)
        case "hostname": NameRules.subdomain(text.lowercased()).isEmpty
        case "email":
            text.split(separator: "@", omittingEmptySubsequences: false).count == 2 && !text.hasPrefix("@") && !text.hasSuffix("@")
        case "uri": text.contains(":") && !text.contains(" ")
        case "uuid", "uuid3", "uuid4", "uuid5": isUUID(text)
        case "k8s-short-name": NameRules.label(text).isEmpty
        case "k8s-long-name": NameRules.subdomain(text).isEmpty
        default: true
        }
    }

    private static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.joined().allSatisfy(\.isHexDigit)
    }
}
