/// Which namespaces a view shows.
nonisolated package enum NamespaceChoice: Sendable, Hashable {
    case all
    /// One or several, in the order they were given.
    case only([String])
    /// All but these.
    case except([String])

    /// Reads `all`, `shop`, `shop,db`, `!kube-system` or `!a,!b`; nil when the text can't be a choice of namespaces.
    package init?(_ text: String) {
        let isExclusion = text.hasPrefix("!")
        // Of several that are left out each may say so.
        let names = text.split(separator: ",").map { String(isExclusion && $0.hasPrefix("!") ? $0.dropFirst() : $0) }
        guard !names.isEmpty, names.allSatisfy(Self.isName) else { return nil }
        if names == ["all"] {
            self = .all
        } else {
            self = isExclusion ? .except(names) : .only(names)
        }
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

    package func contains(_ namespace: String) -> Bool {
        switch self {
        case .all: true
        case .only(let names): names.contains(namespace)
        case .except(let names): !names.contains(namespace)
        }
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
            && !text.hasPrefix("-") && !text.hasSuffix("-")
    }
}
