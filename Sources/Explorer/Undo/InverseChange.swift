import KubernetesModel
import Troubleshooting

/// What takes a change back: the fields that it touched and no others.
struct InverseChange {
    /// A merge patch that leads back from `after` to `before`.
    let patch: JSONObject
    private let after: JSONObject

    init(before: KubernetesObject, after: KubernetesObject) {
        self.after = Self.own(after.json)
        patch = Self.difference(from: self.after, to: Self.own(before.json))
    }

    /// The fields of the change that are not any more as it left them.
    func touchedSince(in current: KubernetesObject) -> [String] {
        Self.differing(patch, after, Self.own(current.json), at: "")
    }

    /// The patch for an object as it is now: whoever changes it in between is not overwritten.
    func patch(for current: KubernetesObject) -> JSONValue {
        var patch = patch
        var metadata = patch["metadata"]?.objectValue ?? [:]
        metadata["resourceVersion"] = .string(current.metadata.resourceVersion)
        patch["metadata"] = .object(metadata)
        return .object(patch)
    }

    /// What the object will be, line by line.
    func preview(of current: KubernetesObject) async throws -> [LineDiff.Line] {
        let json = Self.own(current.json)
        return await SecretSizes.difference(from: json, to: try MergePatch.apply(.object(patch), to: .object(json)).objectValue ?? [:])
    }

    /// An object without what only the server says.
    static func own(_ object: JSONObject) -> JSONObject {
        var json = object
        json["status"] = nil
        guard var metadata = json["metadata"]?.objectValue else { return json }
        let ofServer = [
            "uid", "resourceVersion", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink",
            "managedFields",
        ]
        for key in ofServer { metadata[key] = nil }
        json["metadata"] = .object(metadata)
        return json
    }

    /// A merge patch that leads from one to the other.
    static func difference(from old: JSONObject, to new: JSONObject) -> JSONObject {
        var patch: JSONObject = [:]
        for key in old.keys where new[key] == nil { patch[key] = .null }
        for (key, value) in new where old[key] != value {
            if case .object(let value) = value, case .object(let before)? = old[key] {
                patch[key] = .object(difference(from: before, to: value))
            } else {
                patch[key] = value
            }
        }
        return patch
    }

    private static func differing(_ patch: JSONObject, _ after: JSONObject?, _ current: JSONObject?, at path: String) -> [String] {
        patch.flatMap { key, value in
            let name = path.isEmpty ? key : "\(path).\(key)"
            if case .object(let inner) = value, case .object(let after)? = after?[key] {
                return differing(inner, after, current?[key]?.objectValue, at: name)
            }
            return after?[key] == current?[key] ? [] : [name]
        }
    }
}
