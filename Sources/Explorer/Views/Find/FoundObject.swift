import KubernetesModel
import TextUI

/// An object whose name, label or annotation has what was looked for.
nonisolated struct FoundObject: Sendable, Equatable {
    let key: ObjectKey
    /// `name`, or the label or annotation: `label app=cart`, long ones as far as a line can show them.
    let place: String

    /// - Parameter metadata: of any object.
    init?(_ metadata: JSONValue, _ search: TextSearch) {
        let metadataView = ObjectMetadata(metadata.objectValue ?? [:])
        key = metadataView.key
        if search.isFound(in: metadataView.name) {
            place = "name"
        } else if let label = Self.pair(metadataView.labels, search) {
            place = "label \(label)"
        } else if let annotation = Self.pair(metadataView.annotations.filter { $0.key != Self.copy }, search) {
            place = "annotation \(annotation.prefix(Self.longest))"
        } else {
            return nil
        }
    }

    private static let longest = 200

    /// The copy of the object that `kubectl apply` keeps: of a Secret it holds the values.
    private static let copy = KubectlApply.annotation

    private static func pair(_ pairs: [String: String], _ search: TextSearch) -> String? {
        pairs.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.first(where: search.isFound)
    }
}
