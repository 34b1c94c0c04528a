import KubernetesModel

/// Paths as reports write them: `spec.egress[0].to[1]`.
enum FieldPath {
    static func value(at path: String, in json: JSONValue) -> JSONValue? {
        var value: JSONValue? = json
        for component in components(path) {
            value = Int(component).flatMap { value?[$0] } ?? value?[component]
        }
        return value
    }

    /// The same place for a JSON patch: `/spec/egress/0/to/1`.
    static func pointer(_ path: String) -> String {
        components(path).map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    private static func components(_ path: String) -> [String] {
        path.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }).map(String.init)
    }
}
