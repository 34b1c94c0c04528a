import KubernetesModel
import Troubleshooting

/// One side of a comparison.
struct ComparedText {
    let title: String
    let object: JSONValue

    /// An object, without what the server notes down of each: versions, times, states.
    /// - Parameter isWhole: with all that too.
    static func shown(_ object: JSONValue, isWhole: Bool) -> JSONValue {
        guard !isWhole, case .object(var members) = object else { return object }
        if case .object(var metadata)? = members["metadata"] {
            for field in serverFields { metadata[field] = nil }
            members["metadata"] = .object(metadata)
        }
        members["status"] = nil
        return .object(members)
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
    func difference(isWhole: Bool, context: Int?) async -> [LineDiff.Line] {
        await LineDiff.lines(
            from: ComparedText.shown(left.object, isWhole: isWhole), to: ComparedText.shown(right.object, isWhole: isWhole),
            context: context ?? .max / 2)
    }
}
