package import KubernetesModel

/// A change that a controller, a kubelet or a scenario asks for.
package enum Write: Sendable {
    case create(KubernetesObject)
    /// Replaces an object, except its status where that is a subresource of its own.
    case update(KubernetesObject)
    /// Replaces the status of an object, and nothing else.
    case updateStatus(KubernetesObject)
    /// Merges a JSON merge patch into an object, or into its subresource (`status`).
    case patch(GroupResource, ObjectKey, JSONValue, subresource: String? = nil)
    case delete(GroupResource, ObjectKey, DeleteOptions = DeleteOptions())
    /// Deletes all objects of a resource in a namespace.
    case deleteCollection(GroupResource, namespace: String, DeleteOptions = DeleteOptions())
    /// Deletes a pod unless a disruption budget forbids it now.
    case evict(ObjectKey, DeleteOptions = DeleteOptions())
    /// Assigns a pod to a node.
    case bind(ObjectKey, node: String)
    /// Reports an event; a repetition counts up the one that is there.
    case event(EventDraft)
}

/// Who writes, and under which name the fields written are remembered.
package struct Writer: Sendable, Hashable {
    package var user: UserInfo
    package var fieldManager: String

    package init(user: UserInfo, fieldManager: String) {
        self.user = user
        self.fieldManager = fieldManager
    }

    /// A part of the control plane, such as `kube-controller-manager`, that may do everything.
    package static func system(_ name: String) -> Writer {
        Writer(user: .system("system:\(name)", groups: ["system:masters"]), fieldManager: name)
    }
}

/// What a create, update or patch is told besides the object.
package struct WriteOptions: Sendable, Hashable {
    package var isDryRun = false
    package var subresource: String?
    /// Whether the object carries the owners of its fields already.
    var isApply = false

    package init(isDryRun: Bool = false, subresource: String? = nil) {
        self.isDryRun = isDryRun
        self.subresource = subresource
    }
}

/// What a deletion is told besides the name.
package struct DeleteOptions: Sendable, Hashable {
    package enum Propagation: String, Sendable, Hashable {
        case background = "Background"
        case foreground = "Foreground"
        case orphan = "Orphan"
    }

    /// Nil leaves it to the object.
    package var gracePeriodSeconds: Int?
    package var propagation: Propagation?
    package var requiredUID: String?
    package var requiredResourceVersion: String?
    package var isDryRun = false

    package init(
        gracePeriodSeconds: Int? = nil, propagation: Propagation? = nil, requiredUID: String? = nil, requiredResourceVersion: String? = nil,
        isDryRun: Bool = false
    ) {
        self.gracePeriodSeconds = gracePeriodSeconds
        self.propagation = propagation
        self.requiredUID = requiredUID
        self.requiredResourceVersion = requiredResourceVersion
        self.isDryRun = isDryRun
    }
}

/// An event before it has a name and a count.
package struct EventDraft: Sendable, Hashable {
    package enum Level: String, Sendable, Hashable {
        case normal = "Normal"
        case warning = "Warning"
    }

    package var regarding: ObjectReference
    /// The part of the object that it is about, such as `spec.containers{web}`.
    package var fieldPath: String?
    package var level: Level
    package var reason: String
    package var message: String
    /// Who reports it, such as `kubelet`.
    package var component: String
    /// The node it is reported from.
    package var host: String?
    /// What was done, for events of the newer form, which name their reporter in another field.
    package var action: String?

    package init(
        regarding: ObjectReference, fieldPath: String? = nil, level: Level = .normal, reason: String, message: String, component: String,
        host: String? = nil, action: String? = nil
    ) {
        self.regarding = regarding
        self.fieldPath = fieldPath
        self.level = level
        self.reason = reason
        self.message = message
        self.component = component
        self.host = host
        self.action = action
    }
}
