package import KubernetesModel

/// What becomes of a claim, as the binder of the controller manager decides, and why no volume serves it.
package struct VolumeBinding: Sendable, Hashable {
    package enum Outcome: Sendable, Hashable {
        case bound(volume: String)
        /// The claim was bound and its volume is gone, or holds another claim.
        case lost(reason: String, message: String)
        /// This volume fits and is free.
        case bind(volume: String)
        /// The provisioner of this class is asked for a volume.
        case provision(class: String, provisioner: String)
        case pending(Obstacle)
    }

    package enum Obstacle: Sendable, Hashable {
        case noClassAndNoVolume
        case classMissing(String)
        /// A class whose volumes are made by hand, none of which fits.
        case classProvisionsNothing(class: String, provisioner: String)
        /// Healthy: nobody uses the claim yet.
        case waitsForConsumer
        case waitsForScheduling(pods: [String])
        /// No event tells about it.
        case requestedVolumeMissing(String)
        case requestedVolumeUnsuitable(String, problem: String)
        case requestedVolumeTaken(String, by: ObjectKey)
    }

    /// An event as the binder emits it.
    package struct Report: Sendable, Hashable {
        package var type: String
        package var reason: String
        package var message: String
    }

    /// Why a volume is not the claim's: the first predicate that fails, in the binder's order.
    package enum Mismatch: Sendable, Hashable {
        case accessModes(has: Set<String>, lacks: [String])
        case reserved(for: ObjectKey)
        case tooSmall(has: String, needs: String)
        case volumeMode(String)
        case beingDeleted
        case phase(String)
        case labels([SelectorTerms.Term])
        case className(String)
    }

    package struct Candidate: Sendable, Hashable {
        package var volume: String
        package var mismatch: Mismatch
    }

    package var outcome: Outcome
    /// The volumes that were looked at and why each does not serve; by name. Empty once one serves.
    package var rejected: [Candidate]

    /// - Parameters:
    ///   - unscheduledPods: names of pods that use the claim and have no node yet.
    package init(
        _ claim: BindableClaim, volumes: [BindableVolume], classes: [BindingClass], unscheduledPods: [String] = []
    ) {
        rejected = []
        if claim.wasBound || (claim.phase == "Lost" && !claim.volumeName.isEmpty) {
            outcome = Self.settled(claim, volumes)
            return
        }
        if !claim.volumeName.isEmpty {
            outcome = Self.requested(claim, volumes)
            return
        }
        let binding = classes.first { $0.name == claim.className }
        let candidates = volumes.map { ($0, Self.mismatch(claim, $0)) }
        // Late binding leaves the choice to the scheduler, but a volume that was made for this claim is taken at once.
        let fitting = candidates.filter { $0.1 == nil }.map(\.0).filter { volume in
            binding?.waitsForConsumer != true || claim.selectedNode != nil || volume.reservation?.isFor(claim) == true
        }
        if let best = Self.best(fitting) {
            outcome = .bind(volume: best.name)
            return
        }
        rejected = candidates.compactMap { volume, mismatch in mismatch.map { Candidate(volume: volume.name, mismatch: $0) } }
            .sorted { $0.volume < $1.volume }
        outcome = Self.without(claim, binding, unscheduledPods: unscheduledPods)
    }

    /// The first predicate that keeps a volume from serving a claim; nil when it serves.
    package static func mismatch(_ claim: BindableClaim, _ volume: BindableVolume) -> Mismatch? {
        let lacking = claim.accessModes.filter { !volume.accessModes.contains($0) }
        if !lacking.isEmpty { return .accessModes(has: volume.accessModes, lacks: lacking) }
        if let reservation = volume.reservation, !reservation.isFor(claim) { return .reserved(for: reservation.claim) }
        if let has = volume.capacity, let needs = claim.request, has < needs {
            return .tooSmall(has: has.description, needs: needs.description)
        }
        if volume.volumeMode != claim.volumeMode { return .volumeMode(volume.volumeMode) }
        if volume.isTerminating { return .beingDeleted }
        if volume.reservation != nil { return nil }
        if volume.phase != "Available" { return .phase(volume.phase) }
        if let selector = claim.selector {
            let terms = selector.mismatches(volume.labels)
            if !terms.isEmpty { return .labels(terms) }
        }
        return volume.className == claim.className ?? "" ? nil : .className(volume.className)
    }

    /// A volume made for the claim goes first, then the smallest, then the first by name.
    private static func best(_ volumes: [BindableVolume]) -> BindableVolume? {
        volumes.min { left, right in
            if (left.reservation != nil) != (right.reservation != nil) { return left.reservation != nil }
            if let first = left.capacity, let second = right.capacity, first != second { return first < second }
            return left.name < right.name
        }
    }

    private static func settled(_ claim: BindableClaim, _ volumes: [BindableVolume]) -> Outcome {
        if claim.volumeName.isEmpty {
            return .lost(
                reason: "ClaimLost", message: "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!"
            )
        }
        guard let volume = volumes.first(where: { $0.name == claim.volumeName }) else {
            return .lost(reason: "ClaimLost", message: "Bound claim has lost its PersistentVolume. Data on the volume is lost!")
        }
        if let reservation = volume.reservation, reservation.isFor(claim) { return .bound(volume: volume.name) }
        if volume.reservation == nil { return .bind(volume: volume.name) }
        return .lost(
            reason: "ClaimMisbound", message: "Two claims are bound to the same volume, this one is bound incorrectly"
        )
    }

    private static func requested(_ claim: BindableClaim, _ volumes: [BindableVolume]) -> Outcome {
        guard let volume = volumes.first(where: { $0.name == claim.volumeName }) else {
            return .pending(.requestedVolumeMissing(claim.volumeName))
        }
        if let reservation = volume.reservation {
            return reservation.isFor(claim)
                ? .bind(volume: volume.name) : .pending(.requestedVolumeTaken(volume.name, by: reservation.claim))
        }
        return problem(claim, volume).map { .pending(.requestedVolumeUnsuitable(volume.name, problem: $0)) } ?? .bind(volume: volume.name)
    }

    private static func problem(_ claim: BindableClaim, _ volume: BindableVolume) -> String? {
        if let has = volume.capacity, let needs = claim.request, has < needs { return "requested PV is too small" }
        if volume.className != claim.className ?? "" { return "storageClassName does not match" }
        if volume.volumeMode != claim.volumeMode { return "incompatible volumeMode" }
        if claim.accessModes.contains(where: { !volume.accessModes.contains($0) }) { return "incompatible accessMode" }
        return nil
    }

    private static func without(_ claim: BindableClaim, _ binding: BindingClass?, unscheduledPods: [String]) -> Outcome {
        guard let name = claim.className, !name.isEmpty else { return .pending(.noClassAndNoVolume) }
        guard let binding else { return .pending(.classMissing(name)) }
        if binding.waitsForConsumer, claim.selectedNode == nil {
            return .pending(unscheduledPods.isEmpty ? .waitsForConsumer : .waitsForScheduling(pods: unscheduledPods.sorted()))
        }
        if binding.provisioner.hasPrefix("kubernetes.io/") {
            return .pending(.classProvisionsNothing(class: name, provisioner: binding.provisioner))
        }
        return .provision(class: name, provisioner: binding.provisioner)
    }
}
