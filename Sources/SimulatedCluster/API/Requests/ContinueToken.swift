import KubernetesModel

/// Where a paged list goes on: the revision that all its pages show, and the last key that was sent.
struct ContinueToken {
    /// Nil to go on with whatever is there now.
    var revision: Int?
    var after: ObjectKey

    var text: String {
        let start = after.namespace.map { "\($0)/\(after.name)\u{0}" } ?? "\(after.name)\u{0}"
        let json: JSONValue = ["v": "meta.k8s.io/v1", "rv": JSONValue(revision ?? -1), "start": .string(start)]
        return Base64.encodeForURL(JSONWriter.compact(json))
    }

    init(revision: Int?, after: ObjectKey) {
        self.revision = revision
        self.after = after
    }

    init(_ text: String, isNamespaced: Bool) throws(StatusError) {
        guard let data = Base64.decodeFromURL(text), let json = try? JSONParser.parse(data),
            let revision = json["rv"]?.intValue, let start = json["start"]?.stringValue, !start.isEmpty
        else { throw .badRequest("continue key is not valid: illegal base64 data or JSON in the continue parameter") }
        guard json["v"]?.stringValue == "meta.k8s.io/v1" else {
            throw .badRequest("continue key is not valid: server does not recognize this encoded version")
        }
        let key = start.hasSuffix("\u{0}") ? String(start.dropLast()) : start
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.revision = revision < 0 ? nil : revision
        after = isNamespaced && parts.count == 2 ? ObjectKey(namespace: parts[0], name: parts[1]) : ObjectKey(name: key)
    }
}
