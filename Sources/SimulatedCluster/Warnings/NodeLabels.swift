import KubernetesModel

/// Labels of nodes that have been given other names.
enum NodeLabels {
    private static let deprecated = [
        "beta.kubernetes.io/arch": "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
        "beta.kubernetes.io/os": "deprecated since v1.14; use \"kubernetes.io/os\" instead",
        "failure-domain.beta.kubernetes.io/region": "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
        "failure-domain.beta.kubernetes.io/zone": "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
        "beta.kubernetes.io/instance-type": "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
    ]

    static func deprecation(of key: String) -> String? { deprecated[key] }

    /// - Parameter checksValues: whether values are told of that no label can have; where they are refused they aren't.
    static func warnings(
        about term: JSONObject, in list: String = "matchExpressions", checksValues: Bool = false, at path: FieldPath
    ) -> [String] {
        term.objects(list).enumerated().flatMap { index, requirement -> [String] in
            let (path, key) = (path[list][index], requirement.string("key"))
            let label = deprecated[key].map { ["\(path["key"]): \(key) is \($0)"] } ?? []
            guard checksValues else { return label }
            return label
                + requirement.strings("values").enumerated().flatMap { position, value in
                    NameRules.labelValue(value).map { "\(path["values"][position]): \(value): \($0)" }
                }
        }
    }
}
