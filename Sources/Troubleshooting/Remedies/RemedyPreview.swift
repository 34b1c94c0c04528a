package import KubernetesModel

/// An object before and after a change, and what differs.
package struct RemedyPreview: Sendable, Hashable {
    /// Nil when the change creates the object.
    package var before: KubernetesObject?
    package var after: KubernetesObject

    /// Lines of YAML with the changed ones marked, as a person reads a diff.
    package var diff: [LineDiff.Line] {
        get async { await LineDiff.lines(from: before.map(Self.shown), to: Self.shown(after), context: 3) }
    }

    /// Without what a server changes with every write.
    private static func shown(_ object: KubernetesObject) -> JSONValue {
        var json = object.json
        json["status"] = nil
        if var metadata = json["metadata"]?.objectValue {
            for key in ["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"] { metadata[key] = nil }
            json["metadata"] = .object(metadata)
        }
        return .object(json)
    }
}
