import KubernetesModel

/// How far a lab is.
package struct LabReport: Sendable, Hashable {
    package enum Outcome: Sendable, Hashable {
        case holds
        /// With what is so instead.
        case fails(String)
        /// The cluster could not be asked.
        case unknown(String)
    }

    package struct Result: Sendable, Hashable {
        package var says: String
        package var outcome: Outcome
    }

    package var lab: String
    package var checks: [Result]
    /// What was done that must not be.
    package var violations: [String]
    package var help: LabHelp
    package var hintsTotal: Int

    package var isSolved: Bool {
        violations.isEmpty && checks.allSatisfy { $0.outcome == .holds }
    }

    /// 100 for a repair without hints, down to 40 with all of them, 20 once the solution was read; 0 until it is solved.
    package var score: Int {
        guard isSolved else { return 0 }
        if help.hasReadSolution { return 20 }
        return 100 - (hintsTotal == 0 ? 0 : 60 * min(help.hintsTaken, hintsTotal) / hintsTotal)
    }

    package var text: String {
        var lines = checks.map { result in
            switch result.outcome {
            case .holds: "  ✓ \(result.says)"
            case .fails(let reason): "  ✗ \(result.says): \(reason)"
            case .unknown(let reason): "  ? \(result.says): \(reason)"
            }
        }
        lines += violations.map { "  ! not allowed: \($0)" }
        lines.append(isSolved ? "\(lab) is solved \(helpText): \(score) of 100." : "\(lab) is not solved yet: \(openText).")
        return lines.map { VisibleText.of($0) + "\n" }.joined()
    }

    private var openText: String {
        let open = checks.count { $0.outcome != .holds }
        return open == 0 ? "something was done that is not allowed" : "\(open) of \(checks.count) checks are open"
    }

    private var helpText: String {
        if help.hasReadSolution { return "with its solution read" }
        return help.hintsTaken == 0 ? "without a hint" : "with \(help.hintsTaken) of \(hintsTotal) hints"
    }
}
