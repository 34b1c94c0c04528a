import KubernetesModel

/// Text for the clipboard of the terminal, over however many connections it is away: OSC 52.
enum Clipboard {
    /// What many terminals take at most.
    static let limit = 74_994

    /// Nil for a text that is too long.
    /// - Parameter environment: tells whether tmux or screen stand in between, which pass on only what is wrapped for them.
    static func sequence(_ text: String, environment: [String: String]) -> [UInt8]? {
        let encoded = Base64.encode(text.utf8)
        guard encoded.utf8.count <= limit else { return nil }
        let plain = "\u{1B}]52;c;\(encoded)\u{07}"
        if environment["TMUX"] != nil {
            return Array("\u{1B}Ptmux;\(plain.replacing("\u{1B}", with: "\u{1B}\u{1B}"))\u{1B}\\".utf8)
        }
        return Array((environment["TERM"]?.hasPrefix("screen") == true ? "\u{1B}P\(plain)\u{1B}\\" : plain).utf8)
    }
}

extension Shell {
    func copy(_ text: String, what: String) {
        guard !text.isEmpty else { return report(.info, "There is nothing to copy") }
        guard let bytes = Clipboard.sequence(text, environment: options.environment) else {
            return report(.warning, "\(what) is too much for the clipboard: Ctrl-S saves it")
        }
        terminalAccess?.send(bytes)
        report(.info, "Copied \(what)")
    }
}
