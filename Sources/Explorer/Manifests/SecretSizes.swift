import Foundation
import KubernetesModel

/// Secrets to be compared by eye: sizes stand for their values.
enum SecretSizes {
    private static let lastApplied = "kubectl.kubernetes.io/last-applied-configuration"

    /// Any other object as it is.
    /// - Parameter before: as it was, so that a value that has changed differs though its size is the same.
    static func hidden(_ object: JSONObject, since before: JSONObject? = nil) -> JSONObject {
        guard object["kind"]?.stringValue == "Secret" else { return object }
        var hidden = object
        for field in ["data", "stringData"] {
            guard var values = object[field]?.objectValue else { continue }
            for key in values.keys {
                values[key] = .string(text(values[key], before?[field]?[key]) { size($0, isEncoded: field == "data") })
            }
            hidden[field] = .object(values)
        }
        // All values stand in it once more.
        if var metadata = object["metadata"]?.objectValue, var annotations = metadata["annotations"]?.objectValue,
            let applied = annotations[lastApplied]
        {
            let former = before?["metadata"]?["annotations"]?[lastApplied]
            annotations[lastApplied] = .string(text(applied, former) { size($0, isEncoded: false) })
            metadata["annotations"] = .object(annotations)
            hidden["metadata"] = .object(metadata)
        }
        return hidden
    }

    private static func text(_ value: JSONValue?, _ former: JSONValue?, size: (JSONValue?) -> Int) -> String {
        let count = size(value)
        let isChange = former != nil && former != value && size(former) == count
        return "<\(isChange ? "changed, " : "")\(count) bytes>"
    }

    private static func size(_ value: JSONValue?, isEncoded: Bool) -> Int {
        let text = value?.stringValue ?? ""
        return isEncoded ? Data(base64Encoded: text)?.count ?? text.utf8.count : text.utf8.count
    }
}
