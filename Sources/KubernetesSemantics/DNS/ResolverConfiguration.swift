/// What a `resolv.conf` says: whom to ask, and which names to try.
package struct ResolverConfiguration: Sendable, Hashable {
    package struct Option: Sendable, Hashable {
        package var name: String
        package var value: String?

        package init(name: String, value: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    /// Resolvers ask no more servers than this.
    package static let maximumNameservers = 3

    package var nameservers: [String]
    package var searches: [String]
    package var options: [Option]

    package init(nameservers: [String] = [], searches: [String] = [], options: [Option] = []) {
        self.nameservers = nameservers
        self.searches = searches
        self.options = options
    }

    /// Reads a file as the C library does: unknown lines are passed over, the last `search` or `domain` counts.
    package init(parsing text: String) {
        self.init()
        for line in text.split(separator: "\n") {
            let words = line.prefix { $0 != "#" && $0 != ";" }.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let keyword = words.first else { continue }
            switch keyword {
            case "nameserver": nameservers += words.dropFirst().prefix(1)
            case "search", "domain": searches = Array(words.dropFirst())
            case "options": options += words.dropFirst().map(Option.init(parsing:))
            default: break
            }
        }
    }

    /// The file as a container runtime writes it.
    package var text: String {
        var text = ""
        if !searches.isEmpty { text += "search \(searches.joined(separator: " "))\n" }
        for nameserver in nameservers { text += "nameserver \(nameserver)\n" }
        if !options.isEmpty { text += "options \(options.map(\.description).joined(separator: " "))\n" }
        return text
    }

    /// With fewer dots than this, a name is tried under the search list first; 15 at most, as in the C library (`RES_MAXNDOTS`).
    package var ndots: Int {
        min(options.last { $0.name == "ndots" }?.value.flatMap(Int.init) ?? 1, 15)
    }

    /// The absolute names, without their last dot, that a lookup tries in turn until one exists.
    package func candidates(for name: String) -> [String] {
        if name.hasSuffix(".") { return [String(name.dropLast())] }
        let searched = searches.map { $0 == "." ? name : "\(name).\($0.hasSuffix(".") ? String($0.dropLast()) : $0)" }
        let dots = name.count { $0 == "." }
        return dots >= ndots ? [name] + searched : searched + [name]
    }
}

extension ResolverConfiguration.Option: CustomStringConvertible {
    init(parsing word: String) {
        let parts = word.split(separator: ":", maxSplits: 1)
        self.init(name: parts.first.map(String.init) ?? "", value: parts.count == 2 ? String(parts[1]) : nil)
    }

    package var description: String { value.map { "\(name):\($0)" } ?? name }
}
