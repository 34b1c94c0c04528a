import KubernetesSemantics

/// The plugin `rewrite`, as far as it changes the names that are asked for.
struct DNSRewriting {
    private let rules: [[String]]

    init(_ server: Corefile.Server) {
        rules = server.plugins.filter { $0.name == "rewrite" }.map(\.arguments)
    }

    /// The name that is looked up instead. The first rule that changes it is the last one, unless it says `continue`.
    func name(for name: String) -> String {
        var name = name
        for rule in rules {
            let isContinued = rule.first == "continue"
            let words = ["continue", "stop"].contains(rule.first) ? Array(rule.dropFirst()) : rule
            guard words.first == "name", words.count >= 3, let changed = Self.changed(name, Array(words.dropFirst())) else { continue }
            name = changed
            if !isContinued { break }
        }
        return name
    }

    /// - Parameter words: `[exact|prefix|suffix|substring|regex] FROM TO`.
    /// - Returns: nil for a rule that the name doesn't match.
    private static func changed(_ name: String, _ words: [String]) -> String? {
        let kinds = ["exact", "prefix", "suffix", "substring", "regex"]
        let kind = kinds.contains(words[0]) ? words[0] : "exact"
        let operands = kinds.contains(words[0]) ? words.dropFirst() : words[...]
        guard operands.count >= 2 else { return nil }
        let (from, to) = (plain(operands[operands.startIndex]), plain(operands[operands.startIndex + 1]))
        switch kind {
        case "exact": return name == from ? to : nil
        case "prefix": return name.hasPrefix(from) ? to + name.dropFirst(from.count) : nil
        case "suffix": return name.hasSuffix(from) ? name.dropLast(from.count) + to : nil
        case "substring": return name.contains(from) ? name.replacing(from, with: to) : nil
        default: return regex(name, operands[operands.startIndex], to)
        }
    }

    /// `{1}` stands for what the first group has matched.
    private static func regex(_ name: String, _ pattern: String, _ to: String) -> String? {
        // Names are matched with their dot at the end.
        let text = Array("\(name).".unicodeScalars)
        guard let match = try? RegularExpression(pattern).firstMatch(in: text) else { return nil }
        var result = to
        for (index, group) in match.groups.enumerated() {
            result = result.replacing("{\(index)}", with: group.map { String(String.UnicodeScalarView(text[$0])) } ?? "")
        }
        return plain(result)
    }

    private static func plain(_ name: String) -> String {
        name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}

/// The plugin `template`, whose answers are addresses that stand in the Corefile.
struct DNSTemplates {
    private let plugins: [Corefile.Plugin]

    init(_ server: Corefile.Server) {
        plugins = server.plugins.filter { $0.name == "template" }
    }

    /// Nil when no template is for the question, or it is left to others.
    func answer(to question: DNSQuestion) -> DNSAnswer? {
        for plugin in plugins {
            let (kind, zones) = (plugin.arguments.dropFirst().first ?? "ANY", plugin.arguments.dropFirst(2))
            guard ["ANY", question.kind.rawValue].contains(kind), zones.isEmpty || zones.contains(where: { covers($0, question.name) })
            else { continue }
            let patterns = plugin.block.filter { $0.first == "match" }.map { $0.dropFirst().joined(separator: " ") }
            let isMatch = patterns.contains { pattern in
                (try? RegularExpression(pattern.trimmingQuotes))?.matches("\(question.name).") ?? false
            }
            if patterns.isEmpty || isMatch { return answer(of: plugin, to: question) }
            if !plugin.block.contains(where: { $0.first == "fallthrough" }) { return .nameError }
        }
        return nil
    }

    private func answer(of plugin: Corefile.Plugin, to question: DNSQuestion) -> DNSAnswer {
        let code = plugin.block.first { $0.first == "rcode" }?.last.flatMap(DNSAnswer.Code.init) ?? .noError
        let addresses = plugin.block.filter { $0.first == "answer" }.compactMap { line -> IPv4? in
            guard let place = line.firstIndex(of: question.kind.rawValue), place + 1 < line.count else { return nil }
            return IPv4(line[place + 1].trimmingQuotes)
        }
        return DNSAnswer(code: code, addresses: question.kind == .a ? addresses : [])
    }

    private func covers(_ zone: String, _ name: String) -> Bool {
        let zone = zone.hasSuffix(".") ? String(zone.dropLast()) : zone
        return zone.isEmpty || name == zone || name.hasSuffix("." + zone)
    }
}

/// The plugin `loop`: a server whose questions come back to itself ends.
struct CoreDNSLoop {
    private let zone: String
    private let port: Int
    private let probe: String
    private let source: Int

    /// Nil when no question comes back.
    init?(_ configuration: Corefile?, _ context: ProcessContext) {
        let own = context.address?.description
        let looping = configuration?.servers.first { server in
            guard server.plugin("loop") != nil, let targets = server.plugin("forward")?.arguments.dropFirst() else { return false }
            return targets.flatMap { Self.addresses(of: $0, context) }.contains { $0.hasPrefix("127.") || $0 == own }
        }
        guard let looping else { return nil }
        (zone, port) = ((looping.zones.first ?? "") + ".", looping.port)
        probe = "\(context.random.next() >> 1).\(context.random.next() >> 1)."
        source = context.random.int(in: 32_768...60_999)
    }

    private static func addresses(of target: String, _ context: ProcessContext) -> [String] {
        guard target.hasPrefix("/") else {
            return [target.replacing("dns://", with: "").split(separator: ":").first.map(String.init) ?? ""]
        }
        return ResolverConfiguration(parsing: (try? context.files.read(target)) ?? "").nameservers
    }

    var end: [ProgramAction] {
        [
            .line(
                "[FATAL] plugin/loop: Loop (127.0.0.1:\(source) -> :\(port)) detected for zone \"\(zone)\", "
                    + "see https://coredns.io/plugins/loop#troubleshooting. Query: \"HINFO \(probe)\""),
            .exit(code: 1),
        ]
    }
}

extension String {
    fileprivate var trimmingQuotes: String {
        var text = self[...]
        if text.hasPrefix("\"") { text = text.dropFirst() }
        if text.hasSuffix("\"") { text = text.dropLast() }
        return String(text)
    }
}
