import KubernetesModel

/// Which rows are wanted, as typed after `/`.
package enum TableFilter: Sendable, Hashable {
    case everything
    /// Rows whose text matches a regular expression, whatever the case; inverse: those that don't.
    case pattern(String, isInverse: Bool = false)
    /// A label selector.
    case labels(String)
    /// Rows whose namespace and name contain the letters in this order; the best match first.
    case fuzzy(String)
    /// Rows whose cell in one column matches a regular expression.
    case column(String, pattern: String)

    /// Reads what is typed: `text`, `!text`, `-l app=web` or just `app=web` and `tier in (a,b)`, `-f txt`, `-c STATUS=Running`.
    package init(_ text: String) {
        let text = text.trimming()
        func argument(of option: String) -> String? {
            text.hasPrefix(option + " ") ? text.dropFirst(option.count).trimming() : nil
        }
        if text.isEmpty || text == "!" {
            self = .everything
        } else if let selector = argument(of: "-l") {
            self = .labels(selector)
        } else if let letters = argument(of: "-f") {
            self = .fuzzy(letters)
        } else if let condition = argument(of: "-c"), let split = condition.firstIndex(of: "=") {
            let pattern = String(condition[condition.index(after: split)...])
            self = .column(condition[..<split].trimming().uppercased(), pattern: pattern)
        } else if text.hasPrefix("!") {
            self = .pattern(text.dropFirst().trimming(), isInverse: true)
        } else if Self.looksLikeSelector(text) {
            self = .labels(text)
        } else {
            self = .pattern(text)
        }
    }

    /// What to type to get it.
    package var text: String {
        switch self {
        case .everything: ""
        case .pattern(let text, let isInverse): (isInverse ? "!" : "") + text
        case .labels(let text): "-l " + text
        case .fuzzy(let text): "-f " + text
        case .column(let title, let pattern): "-c \(title)=\(pattern)"
        }
    }

    /// A selector of sets, or equations.
    private static func looksLikeSelector(_ text: String) -> Bool {
        if text.hasSuffix(")"), text.contains(" in (") || text.contains(" notin (") { return (try? LabelSelector(text)) != nil }
        return looksLikeEquations(text)
    }

    /// `app=web,tier!=db`: every part a key, an equals sign and a value, which no column's text looks like.
    private static func looksLikeEquations(_ text: String) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
            guard let equals = part.firstIndex(of: "="), equals != part.startIndex else { return false }
            return !part.contains(" ") && part.allSatisfy { $0.isLetter || $0.isNumber || "./-_=!".contains($0) }
        }
    }
}

extension StringProtocol {
    func trimming() -> String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
