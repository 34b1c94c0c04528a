import KubernetesModel

/// The report for an issue or a chat.
extension Diagnosis {
    package var markdown: String {
        var lines = ["# \(Self.escaped(cluster)): \(verdict.rawValue)", ""]
        for finding in findings { lines += Self.lines(finding) + [""] }
        lines += Self.list("Healthy", healthy.map { "\($0.count) \($0.check)" })
        lines += Self.list("Could not verify", unverified.map { "\($0.check): \($0.reason)" })
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ finding: Finding) -> [String] {
        var lines = [
            "## \(escaped(finding.title))", "",
            "*\(finding.rule) · \(finding.severity.rawValue) · \(finding.confidence.rawValue) · \(finding.state.rawValue)*", "",
            "\(escaped(finding.rootCause)).", "",
        ]
        lines += list("Evidence", finding.evidence.map(\.text))
        lines += list("Hurts", finding.victims.map { "\($0.object): \($0.because.joined(separator: "; "))" })
        lines += list("Ruled out", finding.ruledOut.map { "\($0.hypothesis): \($0.because)" })
        lines += ["**Fix** (\(finding.remedy.risk.rawValue)): \(escaped(finding.remedy.summary))", ""]
        if !finding.remedy.commands.isEmpty {
            lines += ["```sh"] + finding.remedy.commands.map(VisibleText.of) + ["```", ""]
        }
        return lines + ["**Worked when** \(escaped(finding.verification.text))"]
    }

    private static func list(_ title: String, _ items: [String]) -> [String] {
        items.isEmpty ? [] : ["**\(title)**", ""] + items.map { "- \(escaped($0))" } + [""]
    }

    /// Text from a cluster stays text.
    private static func escaped(_ text: String) -> String {
        VisibleText.of(text).reduce(into: "") { result, character in
            if "\\`*_[]<>#|".contains(character) { result.append("\\") }
            result.append(character)
        }
    }
}
