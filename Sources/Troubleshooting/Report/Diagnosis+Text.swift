import KubernetesModel

/// The report as people read it in a terminal.
extension Diagnosis {
    package var text: String {
        var writer = ReportWriter()
        writer.line("\(cluster)\(scopeText): \(verdict.rawValue)")
        for (index, finding) in findings.enumerated() {
            writer.line()
            writer.finding(finding, number: index + 1)
        }
        writer.section("Healthy", healthy.map { "\($0.count) \($0.check)" })
        writer.section("Could not verify", unverified.map { "\($0.check): \($0.reason)" })
        return writer.text
    }

    private var scopeText: String {
        if let target = scope.target { return ", \(target)" }
        return scope.namespaces.isEmpty ? "" : ", namespace \(scope.namespaces.joined(separator: ", "))"
    }
}

/// Writes lines with indentation; what comes from the cluster cannot bring control characters along.
struct ReportWriter {
    private(set) var text = ""

    mutating func line(_ line: String = "", indentation: Int = 0) {
        text += String(repeating: " ", count: line.isEmpty ? 0 : indentation) + VisibleText.of(line) + "\n"
    }

    mutating func section(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        line()
        line("\(title):")
        for text in lines { line(text, indentation: 2) }
    }

    mutating func finding(_ finding: Finding, number: Int) {
        let state = finding.state == .active ? "" : ", \(finding.state.rawValue)"
        line("\(number). \(finding.title)  [\(finding.rule), \(finding.severity.rawValue), \(finding.confidence.rawValue)\(state)]")
        line("\(finding.rootCause).", indentation: 3)
        block("Evidence", finding.evidence.map(\.text))
        victims(of: finding)
        block("Ruled out", finding.ruledOut.map { "\($0.hypothesis): \($0.because)" })
        block("Will surface after the repair", finding.masks)
        line("Fix (\(finding.remedy.risk.rawValue)): \(finding.remedy.summary)", indentation: 3)
        for command in finding.remedy.commands { line(command, indentation: 5) }
        line("Worked when: \(finding.verification.text)", indentation: 3)
    }

    private mutating func block(_ title: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        line("\(title):", indentation: 3)
        for text in lines { line(text, indentation: 5) }
    }

    private mutating func victims(of finding: Finding) {
        guard !finding.victims.isEmpty else { return }
        line("Hurts:", indentation: 3)
        for node in finding.chain.children { victim(node, depth: 0) }
    }

    private mutating func victim(_ node: CausalChain, depth: Int) {
        line("\(node.object): \(node.because.joined(separator: "; "))", indentation: 5 + 2 * depth)
        for child in node.children { victim(child, depth: depth + 1) }
    }
}

extension Evidence {
    /// One line: where, what value, and what it says.
    package var text: String {
        switch self {
        case .field(let object, let path, let value, let says): "\(object) \(path) = \(value): \(says)"
        case .event(let object, let reason, let message, _, let count):
            "\(object) event \(reason): \(message)\(count > 1 ? " (\(count) times)" : "")"
        case .log(let pod, let container, let line, _): "\(pod) log of \(container): \(line)"
        }
    }
}

extension Verification {
    package var text: String {
        let question = probe.map { ", and the \($0) is answered" } ?? ""
        return "\(invariant)\(question), within \(withinSeconds)s"
    }
}
