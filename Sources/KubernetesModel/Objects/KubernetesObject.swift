/// Any object of any kind, as the JSON that the API server sent: nothing is lost, unknown fields and kinds included.
///
/// It holds either the document's tree or its compact bytes, a third as large; reading the tree of bytes parses them, so
/// code that reads more than one field calls `parsed()` once. Typed views (`Pod`, `Event`) read through it.
package struct KubernetesObject: Sendable {
    private enum Storage: Sendable {
        case tree(JSONObject)
        case bytes([UInt8])
    }

    private var storage: Storage

    package init(_ json: JSONObject) {
        storage = .tree(json)
    }

    /// Nil unless `json` is an object.
    package init?(_ json: JSONValue) {
        guard case .object(let object) = json else { return nil }
        storage = .tree(object)
    }

    /// Keeps bytes as they are. They must be the JSON of an object, as `compact` or a parsed answer gives them: anything
    /// else reads as an empty object.
    package init(compactJSON bytes: [UInt8]) {
        storage = .bytes(bytes)
    }

    /// The document.
    package var json: JSONObject {
        get {
            switch storage {
            case .tree(let json): json
            case .bytes(let bytes): (try? JSONParser.parse(bytes))?.objectValue ?? [:]
            }
        }
        set { storage = .tree(newValue) }
        _modify {
            var json = self.json
            storage = .tree([:])  // The only reference is ours now: changes happen in place.
            defer { storage = .tree(json) }
            yield &json
        }
    }

    /// The same object with its tree at hand.
    package func parsed() -> KubernetesObject {
        KubernetesObject(json)
    }

    /// The same object as compact bytes.
    package func compacted() -> KubernetesObject {
        KubernetesObject(compactJSON: compactJSON)
    }

    package var compactJSON: [UInt8] {
        switch storage {
        case .tree(let json): JSONWriter.compact(.object(json))
        case .bytes(let bytes): bytes
        }
    }

    package var value: JSONValue { .object(json) }

    package subscript(key: String) -> JSONValue? {
        get { json[key] }
        set { json[key] = newValue }
    }

    /// The value at a path such as `["spec", "nodeName"]`; nil when a step is missing.
    package subscript(path: String...) -> JSONValue? {
        get { value[path: path] }
        set {
            var value = JSONValue.object(json)
            storage = .tree([:])
            value[path: path] = newValue
            storage = .tree(value.objectValue ?? [:])
        }
    }
}

extension KubernetesObject: Hashable {
    package static func == (left: KubernetesObject, right: KubernetesObject) -> Bool {
        left.json == right.json
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(json)
    }
}

extension KubernetesObject {
    package var apiVersion: String {
        get { self["apiVersion"]?.stringValue ?? "" }
        set { self["apiVersion"] = .string(newValue) }
    }

    package var kind: String {
        get { self["kind"]?.stringValue ?? "" }
        set { self["kind"] = .string(newValue) }
    }

    package var metadata: ObjectMetadata {
        get { ObjectMetadata(self["metadata"]?.objectValue ?? [:]) }
        set { self["metadata"] = .object(newValue.json) }
    }

    package var spec: JSONValue {
        get { self["spec"] ?? .null }
        set { self["spec"] = newValue }
    }

    package var status: JSONValue {
        get { self["status"] ?? .null }
        set { self["status"] = newValue }
    }

    package var name: String { metadata.name }
    package var namespace: String? { metadata.namespace }
    package var uid: String { metadata.uid }
    package var key: ObjectKey { metadata.key }
    package var groupVersionKind: GroupVersionKind { GroupVersionKind(apiVersion: apiVersion, kind: kind) }

    package var reference: ObjectReference {
        let metadata = metadata
        return ObjectReference(
            apiVersion: apiVersion, kind: kind, namespace: metadata.namespace, name: metadata.name,
            uid: metadata.uid.isEmpty ? nil : metadata.uid
        )
    }
}
