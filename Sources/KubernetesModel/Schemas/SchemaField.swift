/// What a value in an object may be.
package indirect enum SchemaType: Sendable, Hashable {
    case string, boolean, int32, int64, double
    /// Base64 in JSON.
    case bytes
    /// Any JSON; raw is given as bytes of JSON in protobuf.
    case anything, raw
    case quantity, intOrString, time, microTime
    case list(SchemaType)
    case map(SchemaType)
    /// An object with fields of its own: the place of its definition in the catalog.
    case object(Int)
}

/// How the elements of a list belong together when several people change it.
package enum ListTopology: Sendable, Hashable {
    /// The list changes as a whole.
    case atomic
    /// Each scalar stands for itself.
    case set
    /// Elements are objects told apart by the values of these fields.
    case map(keys: [String])
}

/// How a strategic merge patch treats a field.
package struct PatchStrategy: Sendable, Hashable {
    package var merges = false
    package var replaces = false
    package var retainsKeys = false
    /// The field that tells a merged list's objects apart; empty for lists of scalars.
    package var mergeKey = ""
}

/// One field of an object's definition.
package struct SchemaField: Sendable, Hashable {
    package var name: String
    package var type: SchemaType
    package var isRequired = false
    /// The field number, after those of the messages that JSON leaves out; empty when it has none.
    package var protobufPath: [Int] = []
    package var list = ListTopology.atomic
    /// Whether an object or map here changes as a whole.
    package var isAtomicMap = false
    package var patch = PatchStrategy()
    /// The values allowed; empty when there is no such list.
    package var enumeration: [String] = []
    package var defaultValue: JSONValue?

    package init(name: String, type: SchemaType) {
        self.name = name
        self.type = type
    }
}

/// The fields of an object or of a part of one.
package struct SchemaDefinition: Sendable {
    /// As in OpenAPI: `io.k8s.api.core.v1.Container`.
    package var name: String
    /// Nil for parts of objects.
    package var groupVersionKind: GroupVersionKind?
    package var fields: [SchemaField]
    package var isAtomic = false
    /// Whether members without a field are allowed.
    package var isOpen = false

    package func field(_ name: String) -> SchemaField? {
        fields.first { $0.name == name }
    }
}
