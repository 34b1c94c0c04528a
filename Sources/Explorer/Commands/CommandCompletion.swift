import KubernetesModel

/// What the `:` prompt offers for what is typed so far.
struct CommandCompletion {
    let commands: [String]
    let resources: [APIResource]
    let namespaces: [String]
    let contexts: [String]
    let history: [String]

    /// Whole lines, best first.
    func suggestions(for text: String) -> [String] {
        if text.isEmpty { return Array(history.reversed().prefix(8)) }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count > 1, let last = words.last else { return names(startingWith: text) }
        let before = text.dropLast(last.count)
        return arguments(of: words[0], startingWith: last).map { before + $0 }
    }

    private func names(startingWith text: String) -> [String] {
        let text = text.lowercased()
        let plurals = resources.map(\.name)
        let others = resources.flatMap { [$0.singularName] + $0.shortNames }
        var seen: Set<String> = []
        let matching = (plurals + commands + others).filter { $0.hasPrefix(text) && $0 != text && seen.insert($0).inserted }
        // What is meant exactly comes first: `po` is a name of pods, so pods is offered before podtemplates.
        let exact = resources.first { $0.shortNames.contains(text) || $0.singularName == text }.map { [$0.name] } ?? []
        return Array((exact + matching.filter { !exact.contains($0) }).prefix(8))
    }

    private func arguments(of command: Substring, startingWith text: Substring) -> [String] {
        if text.hasPrefix("@") {
            return contexts.filter { $0.hasPrefix(text.dropFirst()) }.map { "@" + $0 }
        }
        let candidates = ["ctx", "context", "contexts"].contains(command) ? contexts : ["all"] + namespaces
        return Array(candidates.filter { $0.hasPrefix(text) && $0 != text }.prefix(8))
    }
}
