package import KubernetesModel

/// Node selector terms, as node affinity and volumes have them: one term that matches is enough.
package struct NodeTerms: Sendable, Hashable {
    package struct Requirement: Sendable, Hashable {
        package var key: String
        package var operation: String
        package var values: [String]
        /// About the node's name rather than a label.
        package var isField: Bool
    }

    package var terms: [[Requirement]]

    /// From an object with `nodeSelectorTerms`.
    package init(_ json: JSONValue) {
        terms =
            json["nodeSelectorTerms"]?.arrayValue?.map { term in
                let labels = term["matchExpressions"]?.arrayValue?.map { Requirement($0, isField: false) } ?? []
                return labels + (term["matchFields"]?.arrayValue?.map { Requirement($0, isField: true) } ?? [])
            } ?? []
    }

    /// From one term alone, as preferences have them.
    init(term: JSONValue) {
        self.init(["nodeSelectorTerms": [term]])
    }

    /// A term without requirements matches no node.
    package func matches(name: String, labels: [String: String]) -> Bool {
        terms.contains { term in
            !term.isEmpty && term.allSatisfy { $0.matches($0.isField ? name : labels[$0.key]) }
        }
    }
}

extension NodeTerms.Requirement {
    fileprivate init(_ json: JSONValue, isField: Bool) {
        key = json["key"]?.stringValue ?? ""
        operation = json["operator"]?.stringValue ?? ""
        values = json["values"]?.arrayValue?.compactMap(\.stringValue) ?? []
        self.isField = isField
    }

    func matches(_ value: String?) -> Bool {
        switch operation {
        case "In": value.map(values.contains) ?? false
        case "NotIn": value.map { !values.contains($0) } ?? true
        case "Exists": value != nil
        case "DoesNotExist": value == nil
        case "Gt": compare(value, by: >)
        case "Lt": compare(value, by: <)
        default: false
        }
    }

    private func compare(_ value: String?, by isOrdered: (Int, Int) -> Bool) -> Bool {
        guard let value = value.flatMap({ Int($0) }), let bound = values.first.flatMap({ Int($0) }) else { return false }
        return isOrdered(value, bound)
    }
}
