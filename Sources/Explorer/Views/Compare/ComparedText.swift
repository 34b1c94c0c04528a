import KubernetesModel
import Troubleshooting

/// One side of a comparison.
struct ComparedText {
    let title: String
    let object: JSONValue

    /// An object, without what the server notes down of each: versions, times, states.
    /// - Parameter isWhole: with all that too.
    static func lines(_ object: JSONValue, isWhole: Bool) -> [String] {
        var shown = object
        if !isWhole, case .object(var members) = object {
            if case .object(var metadata)? = members["metadata"] {
                for field in serverFields { metadata[field] = nil }
                members["metadata"] = .object(metadata)
            }
            members["status"] = nil
            shown = .object(members)
        }
        return YAML.write(shown).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static let serverFields = [
        "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "ownerReferences",
    ]
}

/// What tells two objects apart.
struct Comparison {
    let left: ComparedText
    let right: ComparedText

    /// - Parameter context: how many equal lines stay around each difference; nil keeps all.
    func difference(isWhole: Bool, context: Int?) -> [LineDiff.Line] {
        let old = ComparedText.lines(left.object, isWhole: isWhole)
        let new = ComparedText.lines(right.object, isWhole: isWhole)
        return LineDiff.lines(from: old, to: new, context: context ?? old.count + new.count)
    }
}
