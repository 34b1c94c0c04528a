import KubernetesModel
import TextUI

/// A condition on one part of structured lines: `level>=warn`, `status!=200`, `path~^/api`, `took>250`.
struct LogFieldCondition {
    private enum Comparison: String, CaseIterable {
        // Those that begin like others come first.
        case atLeast = ">=", atMost = "<=", isNot = "!=", lacks = "!~", matches = "~", above = ">", below = "<", equals = "="
    }

    private let name: String
    private let comparison: Comparison
    private let value: String
    private let pattern: TextSearch?

    /// Nil when the text is no such condition.
    init?(_ text: String) {
        let name = text.prefix { $0.isLetter || $0.isNumber || "._-@".contains($0) }
        let rest = text[name.endIndex...]
        guard !name.isEmpty, let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else { return nil }
        let value = String(rest.dropFirst(comparison.rawValue.count))
        guard !value.isEmpty else { return nil }
        self.name = String(name)
        self.comparison = comparison
        self.value = value
        pattern = comparison == .matches || comparison == .lacks ? TextSearch(value) : nil
        if pattern == nil, comparison == .matches || comparison == .lacks { return nil }
    }

    /// Lines without the part satisfy only conditions that deny.
    func holds(for line: StructuredLine?) -> Bool {
        guard let found = line?[name] else { return comparison == .isNot || comparison == .lacks }
        switch comparison {
        case .matches: return pattern?.isFound(in: found) ?? false
        case .lacks: return !(pattern?.isFound(in: found) ?? false)
        case .equals: return order(found) == 0
        case .isNot: return order(found) != 0
        case .atLeast: return order(found).map { $0 >= 0 } ?? false
        case .atMost: return order(found).map { $0 <= 0 } ?? false
        case .above: return order(found).map { $0 > 0 } ?? false
        case .below: return order(found).map { $0 < 0 } ?? false
        }
    }

    /// Levels by how bad they are, numbers by size, everything else as text.
    private func order(_ found: String) -> Int? {
        if name == "level", let left = LogLevel(found), let right = LogLevel(value) { return left.rawValue - right.rawValue }
        if let left = Double(found.prefix(while: Self.isNumberPart)), let right = Double(value) {
            return left < right ? -1 : left > right ? 1 : 0
        }
        return found == value ? 0 : found < value ? -1 : 1
    }

    /// `250ms` compares as 250.
    private static func isNumberPart(_ character: Character) -> Bool {
        character.isASCII && (character.isNumber || character == "." || character == "-")
    }
}
