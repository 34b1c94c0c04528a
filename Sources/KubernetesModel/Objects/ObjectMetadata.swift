/// A typed view of an object's `metadata`.
package struct ObjectMetadata: Sendable, Hashable {
    package var json: JSONObject

    package init(_ json: JSONObject = [:]) {
        self.json = json
    }

    /// Empty when missing.
    package var name: String {
        get { json["name"]?.stringValue ?? "" }
        set { json["name"] = .string(newValue) }
    }

    package var generateName: String? { json["generateName"]?.stringValue }

    /// Nil for objects of the whole cluster.
    package var namespace: String? {
        get { json["namespace"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } }
        set { json["namespace"] = newValue.map(JSONValue.string) }
    }

    /// Empty when the object was never stored.
    package var uid: String {
        get { json["uid"]?.stringValue ?? "" }
        set { json["uid"] = .string(newValue) }
    }

    /// Empty when the object was never stored.
    package var resourceVersion: String {
        get { json["resourceVersion"]?.stringValue ?? "" }
        set { json["resourceVersion"] = newValue.isEmpty ? JSONValue?.none : .string(newValue) }
    }

    package var generation: Int? {
        get { json["generation"]?.intValue }
        set { json["generation"] = newValue.map { JSONValue($0) } }
    }

    package var labels: [String: String] {
        get { json["labels"]?.stringMap ?? [:] }
        set { json["labels"] = newValue.isEmpty ? JSONValue?.none : JSONValue(newValue) }
    }

    package var annotations: [String: String] {
        get { json["annotations"]?.stringMap ?? [:] }
        set { json["annotations"] = newValue.isEmpty ? JSONValue?.none : JSONValue(newValue) }
    }

    /// RFC 3339, as sent.
    package var creationTimestamp: String? { json["creationTimestamp"]?.stringValue }

    /// RFC 3339, as sent; set while the object is being deleted.
    package var deletionTimestamp: String? { json["deletionTimestamp"]?.stringValue }

    /// When its deletion was asked for: `deletionTimestamp` is when the grace ends that it was given.
    package var deletionRequest: Instant? {
        let grace = json["deletionGracePeriodSeconds"]?.intValue ?? 0
        return deletionTimestamp.flatMap(KubernetesTime.parse).map { $0 - .seconds(min(max(0, grace), Int(Int32.max))) }
    }

    package var finalizers: [String] {
        get { json["finalizers"]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        set { json["finalizers"] = newValue.isEmpty ? JSONValue?.none : JSONValue(newValue) }
    }

    package var ownerReferences: [OwnerReference] {
        json["ownerReferences"]?.arrayValue?.compactMap(OwnerReference.init) ?? []
    }

    /// The owner that manages the object, of which there is at most one.
    package var controller: OwnerReference? {
        ownerReferences.first(where: \.isController)
    }

    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }
}

/// One element of `metadata.ownerReferences`.
package struct OwnerReference: Sendable, Hashable {
    package var apiVersion: String
    package var kind: String
    package var name: String
    package var uid: String
    package var isController: Bool
    package var blocksOwnerDeletion: Bool

    /// Nil when a required member is missing.
    package init?(_ json: JSONValue) {
        guard let apiVersion = json["apiVersion"]?.stringValue, let kind = json["kind"]?.stringValue,
            let name = json["name"]?.stringValue, let uid = json["uid"]?.stringValue
        else { return nil }
        self.apiVersion = apiVersion
        self.kind = kind
        self.name = name
        self.uid = uid
        isController = json["controller"]?.boolValue ?? false
        blocksOwnerDeletion = json["blockOwnerDeletion"]?.boolValue ?? false
    }
}

extension JSONValue {
    /// The members whose values are strings, as labels and annotations are; nil when this is no object.
    package var stringMap: [String: String]? {
        guard let object = objectValue else { return nil }
        var map: [String: String] = [:]
        map.reserveCapacity(object.count)
        for (key, value) in object { map[key] = value.stringValue }
        return map
    }
}
