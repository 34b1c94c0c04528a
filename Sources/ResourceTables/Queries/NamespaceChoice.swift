/// Which namespaces a view shows.
package enum NamespaceChoice: Sendable, Hashable {
    case all
    /// One or several, in the order they were given.
    case only([String])
    /// All but these.
    case except([String])

    /// Reads `all`, `shop`, `shop,db`, `!kube-system`, `!kube-system,db` or `shop,!db`: a name without a sign goes with the one before.
    /// Nil when the text can't be a choice of namespaces.
    package init?(_ text: String) {
        var choices: [NamespaceChoice] = []
        var isExclusion = false
        for word in text.split(separator: ",") {
            if word.hasPrefix("!") { isExclusion = true }
            let name = String(word.hasPrefix("!") ? word.dropFirst() : word)
            guard !name.isEmpty, Self.isName(name) else { return nil }
            choices.append(name == "all" ? .all : isExclusion ? .except([name]) : .only([name]))
        }
        guard let first = choices.first else { return nil }
        self = choices.dropFirst().reduce(first) { $0.combined(with: $1) }
        if self == .only([]) { return nil }
    }

    /// As the command line writes it.
    package var text: String {
        switch self {
        case .all: "all"
        case .only(let names): names.joined(separator: ",")
        case .except(let names): "!" + names.joined(separator: ",")
        }
    }

    package var single: String? {
        if case .only(let names) = self, names.count == 1 { names[0] } else { nil }
    }

    /// Several choices as one: all that are named without those left out.
    package func combined(with other: NamespaceChoice) -> NamespaceChoice {
        switch (self, other) {
        case (.all, let other): other
        case (let choice, .all): choice
        case (.only(let names), .only(let more)): .only(names + more.filter { !names.contains($0) })
        case (.except(let names), .except(let more)): .except(names + more.filter { !names.contains($0) })
        case (.only(let names), .except(let others)), (.except(let others), .only(let names)): .only(names.filter { !others.contains($0) })
        }
    }

    /// - Parameter namespace: nil for what lies in none, which every choice has.
    package func contains(_ namespace: String?) -> Bool {
        guard let namespace else { return true }
        return switch self {
        case .all: true
        case .only(let names): names.contains(namespace)
        case .except(let names): !names.contains(namespace)
        }
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
            && !text.hasPrefix("-") && !text.hasSuffix("-")
    }
}
