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
    package var hintsTaken: Int
    package var hintsTotal: Int

    package var isSolved: Bool {
        violations.isEmpty && checks.allSatisfy { $0.outcome == .holds }
    }

    /// 100 for a solution without hints, down to 40 with all of them; 0 until it is solved.
    package var score: Int {
        guard isSolved else { return 0 }
        return 100 - (hintsTotal == 0 ? 0 : 60 * min(hintsTaken, hintsTotal) / hintsTotal)
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
        let hints = hintsTaken == 0 ? "without a hint" : "with \(hintsTaken) of \(hintsTotal) hints"
        let open = checks.count { $0.outcome != .holds }
        lines.append(isSolved ? "\(lab) is solved \(hints): \(score) of 100." : "\(lab) is not solved yet: \(open) of \(checks.count) checks are open.")
        return lines.map { VisibleText.of($0) + "\n" }.joined()
    }
}
