package import KubernetesModel

/// What binding needs to know of a PersistentVolume.
package struct BindableVolume: Sendable, Hashable {
    /// The claim that a volume is reserved for or bound to.
    package struct Reservation: Sendable, Hashable {
        package var claim: ObjectKey
        /// Empty when anybody reserved it by name before the claim existed.
        package var uid: String
    }

    package var name: String
    package var uid: String
    package var className: String
    package var capacity: Quantity?
    package var accessModes: Set<String>
    package var volumeMode: String
    package var labels: [String: String]
    package var reservation: Reservation?
    package var phase: String
    package var isTerminating: Bool
    package var nodeAffinity: NodeTerms?

    package init(_ volume: KubernetesObject) {
        let volume = volume.parsed()
        let spec = volume.spec
        let metadata = volume.metadata
        name = metadata.name
        uid = metadata.uid
        labels = metadata.labels
        isTerminating = metadata.deletionTimestamp != nil
        className = metadata.annotations["volume.beta.kubernetes.io/storage-class"] ?? spec["storageClassName"]?.stringValue ?? ""
        capacity = Quantity(spec["capacity"]?["storage"])
        accessModes = Set(spec["accessModes"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        volumeMode = spec["volumeMode"]?.stringValue ?? "Filesystem"
        phase = volume.status["phase"]?.stringValue ?? "Pending"
        nodeAffinity = spec["nodeAffinity"]?["required"].map { NodeTerms($0) }
        if let claim = spec["claimRef"], let name = claim["name"]?.stringValue {
            reservation = Reservation(
                claim: ObjectKey(namespace: claim["namespace"]?.stringValue, name: name), uid: claim["uid"]?.stringValue ?? ""
            )
        }
    }
}

extension BindableVolume.Reservation {
    func isFor(_ claim: BindableClaim) -> Bool {
        self.claim == claim.key && (uid.isEmpty || uid == claim.uid)
    }
}

/// What binding needs to know of a PersistentVolumeClaim.
package struct BindableClaim: Sendable, Hashable {
    package var key: ObjectKey
    package var uid: String
    /// Nil waits for a default class; the empty name wants a volume without a class.
    package var className: String?
    package var request: Quantity?
    package var accessModes: [String]
    package var volumeMode: String
    package var selector: SelectorTerms?
    package var volumeName: String
    package var phase: String
    package var isTerminating: Bool
    /// Whether the binder completed its part once.
    package var wasBound: Bool
    /// The node that the scheduler chose for a claim that binds late.
    package var selectedNode: String?

    package init(_ claim: KubernetesObject) {
        let claim = claim.parsed()
        let spec = claim.spec
        let metadata = claim.metadata
        key = metadata.key
        uid = metadata.uid
        className = metadata.annotations["volume.beta.kubernetes.io/storage-class"] ?? spec["storageClassName"]?.stringValue
        request = Quantity(spec["resources"]?["requests"]?["storage"])
        accessModes = spec["accessModes"]?.arrayValue?.compactMap(\.stringValue) ?? []
        volumeMode = spec["volumeMode"]?.stringValue ?? "Filesystem"
        selector = spec["selector"].flatMap { $0.isNull ? nil : SelectorTerms($0) }
        volumeName = spec["volumeName"]?.stringValue ?? ""
        phase = claim.status["phase"]?.stringValue ?? "Pending"
        isTerminating = metadata.deletionTimestamp != nil
        wasBound = metadata.annotations["pv.kubernetes.io/bind-completed"] != nil
        selectedNode = metadata.annotations["volume.kubernetes.io/selected-node"]
    }
}

/// What binding needs to know of a StorageClass.
package struct BindingClass: Sendable, Hashable {
    /// Provisions nothing: its volumes are made by hand.
    package static let noProvisioner = "kubernetes.io/no-provisioner"

    package var name: String
    package var provisioner: String
    package var waitsForConsumer: Bool
    package var isDefault: Bool
    package var creationTimestamp: String

    package init(_ storageClass: KubernetesObject) {
        let storageClass = storageClass.parsed()
        let metadata = storageClass.metadata
        name = metadata.name
        provisioner = storageClass["provisioner"]?.stringValue ?? ""
        waitsForConsumer = storageClass["volumeBindingMode"]?.stringValue == "WaitForFirstConsumer"
        isDefault =
            metadata.annotations["storageclass.kubernetes.io/is-default-class"] == "true"
            || metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true"
        creationTimestamp = metadata.creationTimestamp ?? ""
    }

    /// The class that claims without one get: the newest of the defaults, of several equally new the first by name.
    package static func defaultClass(of classes: some Sequence<BindingClass>) -> BindingClass? {
        classes.filter(\.isDefault).min { left, right in
            left.creationTimestamp == right.creationTimestamp
                ? left.name < right.name : left.creationTimestamp > right.creationTimestamp
        }
    }
}
