import TextUI
import Troubleshooting

/// A root cause as lines to read.
struct WhyReport {
    let theme: Theme

    func lines(of finding: Finding) -> [StyledText] {
        let state = finding.state == .active ? "" : " · \(finding.state.rawValue)"
        let facts = "\(finding.rule) · \(finding.severity.rawValue) · \(finding.confidence.rawValue)\(state)"
        var lines = [
            StyledText("✗ ", theme[.whyCause]) + StyledText(finding.title, theme[.whyCause]) + StyledText("   \(facts)", theme[.muted]),
            StyledText(finding.rootCause + ".", theme[.why]),
        ]
        lines += section("Evidence", finding.evidence.map(\.text))
        lines += hurt(finding)
        lines += section("Ruled out", finding.ruledOut.map { "\($0.hypothesis): \($0.because)" })
        lines += section("Will surface after the repair", finding.masks)
        lines += section("Fix (\(finding.remedy.risk.rawValue))", [finding.remedy.summary] + finding.remedy.commands.map { "$ \($0)" })
        return lines + section("Worked when", [finding.verification.text])
    }

    func lines(ofHealthy diagnosis: Diagnosis) -> [StyledText] {
        let verdict =
            diagnosis.verdict == .healthy ? "Nothing is known to be broken." : "Nothing was found, but not everything could be checked."
        return [StyledText(verdict, theme[.live])]
            + section("Healthy", diagnosis.healthy.map { "\($0.count) \($0.check)" })
            + section("Could not verify", diagnosis.unverified.map { "\($0.check): \($0.reason)" })
    }

    private func section(_ title: String, _ texts: [String]) -> [StyledText] {
        guard !texts.isEmpty else { return [] }
        return [StyledText(), StyledText(title, theme[.yamlKey])]
            + texts.flatMap { SafeText.lines($0) }.map { StyledText("  " + $0, theme[.text]) }
    }

    /// Who is hurt, as the tree through which it reaches them.
    private func hurt(_ finding: Finding) -> [StyledText] {
        func branch(_ node: CausalChain, _ depth: Int) -> [String] {
            let because = node.because.joined(separator: "; ")
            return [String(repeating: "   ", count: depth) + "└ \(node.object)\(because.isEmpty ? "" : ": \(because)")"]
                + node.children.flatMap { branch($0, depth + 1) }
        }
        return section("Hurts \(finding.victims.count)", finding.chain.children.flatMap { branch($0, 0) })
    }
}
