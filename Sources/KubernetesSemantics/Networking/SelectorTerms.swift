package import KubernetesModel

/// A label selector taken apart, so that a mismatch can be told term by term.
///
/// The empty selector matches everything. A selector that API servers would refuse matches nothing.
package struct SelectorTerms: Sendable, Hashable {
    package enum Operation: String, Sendable, Hashable {
        case isIn = "In"
        case isNotIn = "NotIn"
        case exists = "Exists"
        case doesNotExist = "DoesNotExist"
    }

    package struct Term: Sendable, Hashable {
        package var key: String
        package var operation: Operation
        package var values: [String]
    }

    package private(set) var terms: [Term]
    private var isInvalid = false

    /// Of equal labels, as the selectors of Services and node selectors are.
    package init(labels: [String: String]) {
        terms = labels.sorted { $0.key < $1.key }.map { Term(key: $0.key, operation: .isIn, values: [$0.value]) }
    }

    /// From an object with `matchLabels` and `matchExpressions`.
    package init(_ json: JSONValue?) {
        self.init(labels: json?["matchLabels"]?.stringMap ?? [:])
        for expression in json?["matchExpressions"]?.arrayValue ?? [] {
            guard let key = expression["key"]?.stringValue,
                let operation = expression["operator"]?.stringValue.flatMap(Operation.init(rawValue:))
            else {
                isInvalid = true
                continue
            }
            let values = expression["values"]?.arrayValue?.compactMap(\.stringValue) ?? []
            terms.append(Term(key: key, operation: operation, values: values))
        }
    }

    package var matchesEverything: Bool { terms.isEmpty && !isInvalid }

    package func matches(_ labels: [String: String]) -> Bool {
        !isInvalid && terms.allSatisfy { $0.matches(labels) }
    }

    /// The terms that keep `labels` from matching; empty when they match.
    package func mismatches(_ labels: [String: String]) -> [Term] {
        terms.filter { !$0.matches(labels) }
    }
}

extension SelectorTerms.Term {
    package func matches(_ labels: [String: String]) -> Bool {
        switch operation {
        case .isIn: labels[key].map(values.contains) ?? false
        case .isNotIn: labels[key].map { !values.contains($0) } ?? true
        case .exists: labels[key] != nil
        case .doesNotExist: labels[key] == nil
        }
    }
}

extension SelectorTerms.Term: CustomStringConvertible {
    /// As `kubectl` takes it: `app=web`, `tier in (a,b)`.
    package var description: String {
        switch operation {
        case .isIn: values.count == 1 ? "\(key)=\(values[0])" : "\(key) in (\(values.joined(separator: ",")))"
        case .isNotIn: values.count == 1 ? "\(key)!=\(values[0])" : "\(key) notin (\(values.joined(separator: ",")))"
        case .exists: key
        case .doesNotExist: "!\(key)"
        }
    }
}

extension SelectorTerms: CustomStringConvertible {
    package var description: String {
        terms.isEmpty ? "everything" : terms.map(\.description).joined(separator: ",")
    }
}
