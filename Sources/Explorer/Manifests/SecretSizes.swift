import Foundation
import KubernetesModel
import Troubleshooting

/// Secrets to be compared by eye: sizes stand for their values.
enum SecretSizes {
    /// What tells two versions of an object apart, with a little around it.
    static func difference(from before: JSONObject, to after: JSONObject) async -> [LineDiff.Line] {
        await LineDiff.lines(from: .object(hidden(before)), to: .object(hidden(after, since: before)), context: 2)
    }

    /// Any other object as it is.
    /// - Parameter before: as it was, so that a value that has changed differs though its size is the same.
    static func hidden(_ object: JSONObject, since before: JSONObject? = nil) -> JSONObject {
        [object, before].contains { $0?["kind"]?.stringValue == "Secret" } ? withSizes(object, before) : object
    }

    /// A merge patch, which does not say of what kind the object is.
    static func hidden(patch: JSONObject, of target: ObjectTarget) -> JSONObject {
        target.resource.groupResource == GroupResource(resource: "secrets") ? withSizes(patch, nil) : patch
    }

    private static func withSizes(_ object: JSONObject, _ before: JSONObject?) -> JSONObject {
        var hidden = object
        for field in ["data", "stringData"] {
            guard var values = object[field]?.objectValue else { continue }
            for (key, value) in values where !value.isNull {
                values[key] = .string(text(value, before?[field]?[key]) { size($0, isEncoded: field == "data") })
            }
            hidden[field] = .object(values)
        }
        // All values stand in it once more.
        if var metadata = object["metadata"]?.objectValue, var annotations = metadata["annotations"]?.objectValue,
            let applied = annotations[KubectlApply.annotation], !applied.isNull
        {
            let former = before?["metadata"]?["annotations"]?[KubectlApply.annotation]
            annotations[KubectlApply.annotation] = .string(text(applied, former) { size($0, isEncoded: false) })
            metadata["annotations"] = .object(annotations)
            hidden["metadata"] = .object(metadata)
        }
        return hidden
    }

    private static func text(_ value: JSONValue, _ former: JSONValue?, size: (JSONValue) -> Int) -> String {
        let count = size(value)
        let isChange = former.map { $0 != value && size($0) == count } ?? false
        return "<\(isChange ? "changed, " : "")\(count) bytes>"
    }

    private static func size(_ value: JSONValue, isEncoded: Bool) -> Int {
        let text = value.stringValue ?? ""
        return isEncoded ? Data(base64Encoded: text)?.count ?? text.utf8.count : text.utf8.count
    }
}
