import KubernetesModel

extension KindRules {
    static let devices: [String: KindRules] = [
        "DeviceClass": KindRules(validate: DeviceClaimRules.deviceClass, countsGenerations: true),
        "ResourceClaim": KindRules(
            defaults: { $0.modify("spec", Defaults.deviceClaim) }, validate: DeviceClaimRules.claim,
            validateStatus: DeviceAllocationRules.status, status: .server([:])
        ),
        "ResourceClaimTemplate": KindRules(
            defaults: { $0.modify("spec") { $0.modify("spec", Defaults.deviceClaim) } }, validate: DeviceClaimRules.template
        ),
        "ResourceSlice": KindRules(
            validate: ResourceSliceRules.slice, prepare: Preparation.slice, countsGenerations: true),
    ]
}
