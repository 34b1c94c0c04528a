import KubernetesSemantics

/// Addresses and networks as texts.
enum AddressRules {
    static let message = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
    static let networkMessage = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"

    static func isIP(_ text: String) -> Bool {
        IPAddress(text) != nil
    }

    /// What keeps an address from being one that packets from elsewhere can be sent to.
    static func problems(withReachable text: String) -> [String] {
        guard isIP(text) else { return [message] }
        if text == "0.0.0.0" || text == "::" { return ["may not be unspecified (\(text))"] }
        if text.hasPrefix("127.") || text == "::1" { return ["may not be in the loopback range (127.0.0.0/8, ::1/128)"] }
        if text.hasPrefix("169.254.") || text.hasPrefix("fe80:") {
            return ["may not be in the link-local range (169.254.0.0/16, fe80::/10)"]
        }
        if text.hasPrefix("224.0.0.") || text.hasPrefix("ff02:") {
            return ["may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"]
        }
        return []
    }

    static func isNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, isIP(parts[0]), let length = Int(parts[1]) else { return false }
        return (0...(parts[0].contains(":") ? 128 : 32)).contains(length)
    }
}
