import KubernetesSemantics

/// Addresses and networks as texts.
enum AddressRules {
    static let message = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
    static let networkMessage = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"

    static func isIP(_ text: String) -> Bool {
        IPAddress(text) != nil
    }

    static func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, isIP(parts[0]), let length = Int(parts[1]) else { return false }
        return (0...(parts[0].contains(":") ? 128 : 32)).contains(length)
    }
}
