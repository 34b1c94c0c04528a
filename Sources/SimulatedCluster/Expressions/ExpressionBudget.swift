import KubernetesModel

/// What an evaluation may still cost: lists of lists could be gone through for ever, and few doublings fill any memory.
///
/// A step costs one, and so does an element that is copied or ten letters, as in Kubernetes's own count.
final class ExpressionBudget {
    /// Kubernetes's `PerCallLimit`.
    private var rest = 1_000_000

    func spend(_ cost: Int) throws(ExpressionError) {
        rest -= min(cost, rest)
        guard rest > 0 else { throw ExpressionError("operation cancelled: actual cost limit exceeded") }
    }

    /// Before a function or an operator goes through values, or joins them.
    func spend(on values: [JSONValue]) throws(ExpressionError) {
        for value in values { try spend(Self.size(of: value)) }
    }

    /// Before a function is called.
    func spend(onCallOf name: String, _ arguments: [JSONValue]) throws(ExpressionError) {
        try spend(on: arguments)
        let texts = arguments.map { $0.stringValue?.utf8.count ?? 0 }
        switch name {
        case "matches" where texts.count > 1, "find" where texts.count > 1: try spend((texts[0] / 10 + 1) * (texts[1] / 4 + 1))
        case "replace" where texts.count > 2:
            // In the worst case the old text is found all over.
            let places = texts[0] / max(texts[1], 1) + 1
            try spend(places.multipliedReportingOverflow(by: texts[2]).overflow ? .max : places * texts[2] / 10)
        case "join":
            for element in arguments.first?.arrayValue ?? [] {
                try spend((element.stringValue?.utf8.count ?? 0) / 10 + texts.reduce(0, +) / 10)
            }
        case "sum", "min", "max", "isSorted": try spend((arguments.first?.arrayValue?.count ?? 0) * 2)
        default: break
        }
    }

    private static func size(of value: JSONValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count / 10
        case .array(let elements): elements.count
        default: 0
        }
    }

    /// Whether two values are the same. What holds itself twice over and over costs as much as it seems to be.
    func areEqual(_ left: JSONValue, _ right: JSONValue) throws(ExpressionError) -> Bool {
        try spend(1)
        switch (left, right) {
        case (.array(let left), .array(let right)):
            guard left.count == right.count else { return false }
            for (one, other) in zip(left, right) where try !areEqual(one, other) { return false }
            return true
        case (.object(let left), .object(let right)):
            guard left.count == right.count else { return false }
            for (key, value) in left {
                guard let other = right[key], try areEqual(value, other) else { return false }
            }
            return true
        default:
            try spend(on: [left])
            return ExpressionArithmetic.areEqual(left, right)
        }
    }
}
