package import KubernetesModel

/// The objects of a list request.
package struct ObjectList: Sendable {
    package var items: [KubernetesObject] = []
    package var resourceVersion = ""
}

/// An answer as it came.
package struct RawAnswer: Sendable {
    package var status: Int
    package var bytes: [UInt8]
}

/// A change to an object that does not name all of it.
package enum Patch: Sendable, Hashable {
    /// RFC 6902: a list of operations.
    case json(JSONValue)
    /// RFC 7386.
    case merge(JSONValue)
    /// Kubernetes's own, which knows how to merge lists; built-in kinds only.
    case strategicMerge(JSONValue)
    /// Server-side apply: creates what does not exist. `force` takes fields over from other managers.
    case apply(KubernetesObject, force: Bool = false)

    var contentType: String {
        switch self {
        case .json: "application/json-patch+json"
        case .merge: "application/merge-patch+json"
        case .strategicMerge: "application/strategic-merge-patch+json"
        case .apply: "application/apply-patch+yaml"
        }
    }

    package var document: JSONValue {
        switch self {
        case .json(let document), .merge(let document), .strategicMerge(let document): document
        case .apply(let object, _): object.value
        }
    }
}

/// What goes with a write.
package struct WriteOptions: Sendable, Hashable {
    package enum FieldValidation: String, Sendable {
        case warn = "Warn"
        case strict = "Strict"
    }

    package var isDryRun: Bool
    package var fieldManager: String
    package var fieldValidation: FieldValidation

    package init(isDryRun: Bool = false, fieldManager: String = "fathom", fieldValidation: FieldValidation = .strict) {
        self.isDryRun = isDryRun
        self.fieldManager = fieldManager
        self.fieldValidation = fieldValidation
    }

    var query: [(name: String, value: String)] {
        [("fieldManager", fieldManager), ("fieldValidation", fieldValidation.rawValue)] + (isDryRun ? [("dryRun", "All")] : [])
    }
}

package struct DeleteOptions: Sendable, Hashable {
    package enum Propagation: String, Sendable {
        case background = "Background"
        case foreground = "Foreground"
        case orphan = "Orphan"
    }

    package var propagation: Propagation
    /// Nil leaves it to the object; 0 kills at once.
    package var gracePeriodSeconds: Int?
    /// Deletes only the object with this uid, not a successor of the same name.
    package var uid: String?

    package init(propagation: Propagation = .background, gracePeriodSeconds: Int? = nil, uid: String? = nil) {
        self.propagation = propagation
        self.gracePeriodSeconds = gracePeriodSeconds
        self.uid = uid
    }

    /// The body of the request.
    package var json: JSONValue {
        var json: JSONObject = ["kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": .string(propagation.rawValue)]
        if let gracePeriodSeconds { json["gracePeriodSeconds"] = JSONValue(gracePeriodSeconds) }
        if let uid { json["preconditions"] = ["uid": .string(uid)] }
        return .object(json)
    }
}
