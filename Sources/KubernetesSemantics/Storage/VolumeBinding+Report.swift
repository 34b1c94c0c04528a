import KubernetesModel

extension VolumeBinding {
    /// The event that the binder emits on the claim; nil when it stays silent.
    package var report: Report? {
        switch outcome {
        case .bound, .bind: nil
        case .lost(let reason, let message): Report(type: "Warning", reason: reason, message: message)
        case .provision(_, let provisioner): Self.provisioning(provisioner)
        case .pending(let obstacle): obstacle.report
        }
    }

    private static func provisioning(_ provisioner: String) -> Report {
        Report(
            type: "Normal", reason: "ExternalProvisioning",
            message: "Waiting for a volume to be created either by the external provisioner '\(provisioner)' or manually by the"
                + " system administrator. If volume creation is delayed, please verify that the provisioner is running and"
                + " correctly registered."
        )
    }
}

extension VolumeBinding.Obstacle {
    fileprivate var report: VolumeBinding.Report? {
        switch self {
        case .noClassAndNoVolume:
            .init(
                type: "Normal", reason: "FailedBinding",
                message: "no persistent volumes available for this claim and no storage class is set"
            )
        case .classMissing(let name):
            .init(type: "Warning", reason: "ProvisioningFailed", message: "storageclass.storage.k8s.io \"\(name)\" not found")
        case .classProvisionsNothing(_, let provisioner):
            .init(type: "Warning", reason: "ProvisioningFailed", message: "no volume plugin matched name: \(provisioner)")
        case .waitsForConsumer:
            .init(
                type: "Normal", reason: "WaitForFirstConsumer",
                message: "waiting for first consumer to be created before binding"
            )
        case .waitsForScheduling(let pods):
            .init(
                type: "Normal", reason: "WaitForPodScheduled",
                message: "waiting for pod\(pods.count == 1 ? "" : "s") \(pods.joined(separator: ",")) to be scheduled"
            )
        case .requestedVolumeMissing: nil
        case .requestedVolumeUnsuitable(let volume, let problem):
            .init(type: "Warning", reason: "VolumeMismatch", message: "Cannot bind to requested volume \"\(volume)\": \(problem)")
        case .requestedVolumeTaken(let volume, _):
            .init(type: "Warning", reason: "FailedBinding", message: "volume \"\(volume)\" already bound to a different claim.")
        }
    }
}

extension VolumeBinding.Mismatch: CustomStringConvertible {
    /// A clause about the volume: "has 1Gi, the claim asks for 10Gi".
    package var description: String {
        switch self {
        case .accessModes(let has, let lacks):
            "offers \(has.sorted().joined(separator: ", ")), not \(lacks.joined(separator: ", "))"
        case .reserved(let claim): "is reserved for claim \(claim)"
        case .tooSmall(let has, let needs): "has \(has), the claim asks for \(needs)"
        case .volumeMode(let mode): "has volumeMode \(mode)"
        case .beingDeleted: "is being deleted"
        case .phase(let phase): "is \(phase)"
        case .labels(let terms): "has not the labels \(terms.map(\.description).joined(separator: ","))"
        case .className(let name): name.isEmpty ? "has no class" : "has class \(name)"
        }
    }
}
