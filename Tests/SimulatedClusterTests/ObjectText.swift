import KubernetesModel

/// An object from its JSON text; text that is no object gives an empty one, which no expectation matches.
func object(_ text: String) -> KubernetesObject {
    (try? JSONParser.parse(text)).flatMap(KubernetesObject.init) ?? KubernetesObject([:])
}

/// JSON to compare with.
func json(_ text: String) -> JSONValue {
    (try? JSONParser.parse(text)) ?? .string("not JSON: \(text)")
}
