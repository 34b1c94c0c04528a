/// Chooses objects by their labels.
///
/// Read from the text form of requests (`app=web,tier in (a,b)`) or the object form of specifications (`matchLabels`,
/// `matchExpressions`), with the rules and messages of k8s.io/apimachinery/pkg/labels.
package struct LabelSelector: Sendable, Hashable {
    package enum Operator: String, Sendable, Hashable {
        case `in` = "in"
        case notIn = "notin"
        case equals = "="
        case doubleEquals = "=="
        case notEquals = "!="
        case greaterThan = "gt"
        case lessThan = "lt"
        case exists = "exists"
        case doesNotExist = "!"
    }

    package struct Requirement: Sendable, Hashable {
        package let key: String
        package let `operator`: Operator
        /// Sorted, each once.
        package let values: [String]
    }

    /// Ordered by key; all must be met.
    package let requirements: [Requirement]
    private let isNothing: Bool

    private init(requirements: [Requirement], isNothing: Bool = false) {
        self.requirements = requirements.enumerated().sorted {
            $0.element.key == $1.element.key ? $0.offset < $1.offset : $0.element.key < $1.element.key
        }.map(\.element)
        self.isNothing = isNothing
    }

    package static let everything = LabelSelector(requirements: [])
    /// What a missing selector object chooses.
    package static let nothing = LabelSelector(requirements: [], isNothing: true)

    /// Reads the text form.
    package init(_ text: String) throws(SelectorError) {
        var parser = LabelSelectorParser(text)
        self.init(requirements: try parser.parse())
    }

    /// Chooses what carries all these labels, such as a Service's `selector`. The labels are not checked.
    package init(matchLabels: [String: String]) {
        self.init(requirements: matchLabels.map { Requirement(key: $0, operator: .equals, values: [$1]) })
    }

    /// Reads the object form: nothing when `object` is missing or null, everything when it is empty.
    package init(object: JSONValue?) throws(SelectorError) {
        guard let object, !object.isNull else {
            self = .nothing
            return
        }
        var requirements: [Requirement] = []
        for (key, value) in object["matchLabels"]?.objectValue ?? [:] {
            requirements.append(try Requirement(checking: key, .equals, [value.stringValue ?? ""]))
        }
        for expression in object["matchExpressions"]?.arrayValue ?? [] {
            requirements.append(try Requirement(expression: expression))
        }
        self.init(requirements: requirements)
    }

    package var isEverything: Bool { requirements.isEmpty && !isNothing }

    package func matches(_ labels: [String: String]) -> Bool {
        !isNothing && requirements.allSatisfy { $0.matches(labels) }
    }

    /// The values of the only requirement `key=value` of this key, when there is one: what an index can look up.
    package func requiredValue(of key: String) -> String? {
        requirements.first {
            $0.key == key && $0.values.count == 1 && [.equals, .doubleEquals, .in].contains($0.operator)
        }?.values.first
    }
}

extension LabelSelector: CustomStringConvertible {
    /// The text form; empty for everything and for nothing.
    package var description: String {
        requirements.map(\.description).joined(separator: ",")
    }
}

extension LabelSelector.Requirement: CustomStringConvertible {
    /// Checks as the API server does.
    init(checking key: String, _ operator: LabelSelector.Operator, _ values: [String]) throws(SelectorError) {
        let values = Set(values).sorted()
        var errors: [String] = []
        let keyErrors = NameRules.qualifiedName(key)
        if !keyErrors.isEmpty { errors.append("key: Invalid value: \(key.goQuoted): \(keyErrors.joined(separator: "; "))") }
        errors += Self.errors(of: values, for: `operator`)
        for (index, value) in values.enumerated() {
            let valueErrors = NameRules.labelValue(value)
            if !valueErrors.isEmpty {
                errors.append("values[\(index)][\(key)]: Invalid value: \(value.goQuoted): \(valueErrors.joined(separator: "; "))")
            }
        }
        guard errors.isEmpty else {
            throw SelectorError(errors.count == 1 ? errors[0] : "[\(errors.joined(separator: ", "))]")
        }
        self.init(key: key, operator: `operator`, values: values)
    }

    private static func errors(of values: [String], for operator: LabelSelector.Operator) -> [String] {
        let list = "[" + values.map(\.goQuoted).joined(separator: ",") + "]"
        switch `operator` {
        case .in, .notIn:
            return values.isEmpty ? ["values: Invalid value: \(list): for 'in', 'notin' operators, values set can't be empty"] : []
        case .equals, .doubleEquals, .notEquals:
            return values.count == 1 ? [] : ["values: Invalid value: \(list): exact-match compatibility requires one single value"]
        case .exists, .doesNotExist:
            return values.isEmpty ? [] : ["values: Invalid value: \(list): values set must be empty for exists and does not exist"]
        case .greaterThan, .lessThan:
            var errors: [String] = []
            if values.count != 1 {
                errors.append("values: Invalid value: \(list): for 'Gt', 'Lt' operators, exactly one value is required")
            }
            for (index, value) in values.enumerated() where Int64(value) == nil {
                errors.append("values[\(index)]: Invalid value: \(value.goQuoted): for 'Gt', 'Lt' operators, the value must be an integer")
            }
            return errors
        }
    }

    fileprivate init(expression: JSONValue) throws(SelectorError) {
        let name = expression["operator"]?.stringValue ?? ""
        let kinds: [String: LabelSelector.Operator] = [
            "In": .in, "NotIn": .notIn, "Exists": .exists, "DoesNotExist": .doesNotExist, "Gt": .greaterThan, "Lt": .lessThan,
        ]
        guard let kind = kinds[name] else { throw SelectorError("\(name.goQuoted) is not a valid label selector operator") }
        let values = expression["values"]?.arrayValue?.compactMap(\.stringValue) ?? []
        self = try Self(checking: expression["key"]?.stringValue ?? "", kind, values)
    }

    package func matches(_ labels: [String: String]) -> Bool {
        let value = labels[key]
        switch `operator` {
        case .in, .equals, .doubleEquals: return value.map(values.contains) ?? false
        case .notIn, .notEquals: return value.map { !values.contains($0) } ?? true
        case .exists: return value != nil
        case .doesNotExist: return value == nil
        case .greaterThan, .lessThan:
            guard let left = value.flatMap({ Int64($0) }), let right = values.first.flatMap({ Int64($0) }) else { return false }
            return `operator` == .greaterThan ? left > right : left < right
        }
    }

    package var description: String {
        switch `operator` {
        case .exists: key
        case .doesNotExist: "!\(key)"
        case .in, .notIn: "\(key) \(`operator`.rawValue) (\(values.joined(separator: ",")))"
        case .greaterThan: "\(key)>\(values.first ?? "")"
        case .lessThan: "\(key)<\(values.first ?? "")"
        default: "\(key)\(`operator`.rawValue)\(values.first ?? "")"
        }
    }
}
