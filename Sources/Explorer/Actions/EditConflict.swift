import KubernetesModel

/// Others have changed, since the editor was opened, what a person has changed in it.
nonisolated struct EditConflict: LoggableError, CustomStringConvertible {
    struct Field: Hashable {
        let path: String
        /// Nil where it was taken out.
        let mine: JSONValue?
        let theirs: JSONValue?

        /// `spec.replicas is 5 now, and 3 in your text`.
        var text: String { "\(path) is \(Self.text(theirs)) now, and \(Self.text(mine)) in your text" }

        private static func text(_ value: JSONValue?) -> String {
            guard let value else { return "not there" }
            let text = value.description
            return text.count > 60 ? text.prefix(59) + "…" : text
        }
    }

    let fields: [Field]
    /// What is there now.
    let present: KubernetesObject
    /// The same with the person's changes, also where others have changed the same.
    let joined: KubernetesObject

    var description: String {
        "somebody has changed \(fields.map(\.path).joined(separator: ", ")) since the editor was opened"
    }

    var logged: String { description }
}
