import KubernetesModel

/// What the `:` prompt offers for what is typed so far.
struct CommandCompletion {
    let commands: [String]
    let resources: [APIResource]
    let namespaces: [String]
    let contexts: [String]
    let history: [String]

    private static let most = 8

    /// Whole lines, best first.
    func suggestions(for text: String) -> [String] {
        if text.isEmpty { return Array(history.reversed().prefix(Self.most)) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count > 1, let last = words.last else { return names(startingWith: text) }
        // Of `a,b` the last part is being typed.
        let part = last.lastIndex(of: ",").map { last[last.index(after: $0)...] } ?? last
        let before = text.dropLast(part.count)
        if words.count == 2, Self.xray.contains(String(words[0])) { return names(startingWith: String(part)).map { before + $0 } }
        return arguments(of: words[0], startingWith: part, inContexts: last.hasPrefix("@")).map { before + $0 }
    }

    /// Its first word is a kind, as the first one of all is elsewhere.
    private static let xray: Set = ["xray", "xr", "x"]

    private func names(startingWith text: String) -> [String] {
        let text = text.lowercased()
        let plurals = resources.map(\.name)
        let others = resources.flatMap { [$0.singularName] + $0.shortNames }
        var seen: Set<String> = []
        let matching = (plurals + commands + others).filter { $0.hasPrefix(text) && $0 != text && seen.insert($0).inserted }
        // What is meant exactly comes first: `po` is a name of pods, so pods is offered before podtemplates.
        let exact = resources.first { $0.shortNames.contains(text) || $0.singularName == text }.map { [$0.name] } ?? []
        return Array((exact + matching.filter { !exact.contains($0) }).prefix(Self.most))
    }

    private func arguments(of command: Substring, startingWith text: Substring, inContexts: Bool) -> [String] {
        if inContexts { return Self.completing(text, sign: "@", with: contexts) }
        if text.hasPrefix("!") { return Self.completing(text, sign: "!", with: namespaces) }
        let isContext = ["ctx", "context", "contexts"].contains(command)
        return Self.completing(text, sign: "", with: isContext ? contexts : ["all"] + namespaces)
    }

    private static func completing(_ text: Substring, sign: String, with names: [String]) -> [String] {
        let start = text.hasPrefix(sign) ? text.dropFirst(sign.count) : text
        return Array(names.filter { $0.hasPrefix(start) && $0 != start }.prefix(most)).map { sign + $0 }
    }
}
