import KubernetesModel

extension KindRules {
    /// Of the core group.
    static let storageOfPods: [String: KindRules] = [
        "PersistentVolume": KindRules(
            defaults: Defaults.persistentVolume, validate: PersistentVolumeRules.volume, warnings: ObjectWarnings.volume,
            prepare: Preparation.volume, status: .server(["phase": "Pending"]), returnsDeletedObject: true
        ),
        "PersistentVolumeClaim": KindRules(
            defaults: Defaults.persistentVolumeClaim, validate: ClaimRules.claim, validateStatus: StatusRules.claim,
            warnings: ObjectWarnings.claim, prepare: Preparation.claim, status: .server(["phase": "Pending"]), returnsDeletedObject: true
        ),
    ]

    static let storage: [String: KindRules] = [
        "CSIDriver": KindRules(defaults: { $0.modifyOrCreate("spec", Defaults.driver) }, validate: StorageRules.driver),
        "CSINode": KindRules(validate: StorageRules.node),
        "CSIStorageCapacity": KindRules(validate: StorageRules.capacity),
        "StorageClass": KindRules(
            defaults: Defaults.storageClass, validate: StorageRules.storageClass, warnings: ObjectWarnings.storageClass),
        "VolumeAttachment": KindRules(validate: StorageRules.attachment, status: .server(["attached": false])),
        "VolumeAttributesClass": KindRules(validate: StorageRules.attributesClass),
    ]
}
