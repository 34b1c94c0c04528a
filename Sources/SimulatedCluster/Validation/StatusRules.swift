import KubernetesModel
import KubernetesSemantics

/// What a status must keep to, which its controller writes: less than an object must.
enum StatusRules {
    static func replicaSet(_ change: ObjectChange, _ errors: inout [FieldError]) {
        replicas(change.status, ["replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration"], &errors)
    }

    static func statefulSet(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let numbers = ["replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas", "observedGeneration"]
        replicas(change.status, numbers, &errors)
    }

    static func daemonSet(_ change: ObjectChange, _ errors: inout [FieldError]) {
        nonnegative(
            change.status,
            [
                "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady", "observedGeneration",
                "updatedNumberScheduled", "numberAvailable", "numberUnavailable", "collisionCount",
            ], &errors
        )
    }

    static func budget(_ change: ObjectChange, _ errors: inout [FieldError]) {
        ConditionRules.validate(change.status.objects("conditions"), at: .status["conditions"], &errors)
        nonnegative(change.status, ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"], &errors)
    }

    static func autoscaler(_ change: ObjectChange, _ errors: inout [FieldError]) {
        nonnegative(change.status, ["currentReplicas", "desiredReplicas"], &errors)
    }

    private static func nonnegative(_ status: JSONObject, _ keys: [String], _ errors: inout [FieldError]) {
        for key in keys { errors.checkNonnegative(status, key, at: .status) }
    }

    // MARK: Workloads

    /// Numbers of pods, none of which is above the number of all.
    private static func replicas(_ status: JSONObject, _ keys: [String], _ errors: inout [FieldError]) {
        nonnegative(status, keys, &errors)
        atMostAll(status, keys.filter { $0 != "replicas" && $0.hasSuffix("eplicas") }, &errors)
    }

    private static func atMostAll(_ status: JSONObject, _ keys: [String], _ errors: inout [FieldError]) {
        let all = status.int("replicas") ?? 0
        for key in keys {
            guard let number = status.int(key), number > all else { continue }
            errors.invalid(.status[key], JSONValue(number), "cannot be greater than status.replicas")
        }
        guard let available = status.int("availableReplicas"), available > status.int("readyReplicas") ?? 0 else { return }
        errors.invalid(.status["availableReplicas"], JSONValue(available), "cannot be greater than readyReplicas")
    }

    static func deployment(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let numbers = ["replicas", "updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"]
        nonnegative(change.status, ["observedGeneration"] + numbers + ["collisionCount"], &errors)
        atMostAll(change.status, ["updatedReplicas", "readyReplicas", "availableReplicas"], &errors)
        let before = change.old?.object("status")?.int("collisionCount")
        guard let before, change.status.int("collisionCount").map({ $0 < before }) ?? true else { return }
        errors.invalid(.status["collisionCount"], change.status.present("collisionCount"), "cannot be decremented")
    }

    // MARK: Services and ingresses

    static func service(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let ingress = change.status.object("loadBalancer")?.objects("ingress") ?? []
        if change.spec.string("type") != "LoadBalancer", !ingress.isEmpty {
            return errors.forbidden(.status["loadBalancer"]["ingress"], "may only be used when `spec.type` is 'LoadBalancer'")
        }
        ingresses(change.status, hasModes: true, &errors)
    }

    static func ingress(_ change: ObjectChange, _ errors: inout [FieldError]) {
        ingresses(change.status, hasModes: false, &errors)
    }

    /// - Parameter hasModes: whether it is said how packets to an address come in.
    private static func ingresses(_ status: JSONObject, hasModes: Bool, _ errors: inout [FieldError]) {
        for (index, ingress) in (status.object("loadBalancer")?.objects("ingress") ?? []).enumerated() {
            let (path, address) = (FieldPath.status["loadBalancer"]["ingress"][index], ingress.string("ip"))
            if !address.isEmpty, !AddressRules.isIP(address) { errors.invalid(path["ip"], .string(address), AddressRules.message) }
            if hasModes, ingress.present("ipMode") != nil {
                if address.isEmpty { errors.forbidden(path["ipMode"], "may not be specified when `ip` is not set") }
                errors.checkChoice(ingress, "ipMode", ["Proxy", "VIP"], at: path)
            }
            errors.checkText(ingress, "hostname", NameRules.subdomain, at: path)
            let host = ingress.string("hostname")
            if AddressRules.isIP(host) { errors.invalid(path["hostname"], .string(host), "must be a DNS name, not an IP address") }
        }
    }

    // MARK: Namespaces and claims

    static func namespace(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let phase = change.status.string("phase")
        let isGoing = change.new.object("metadata")?.present("deletionTimestamp") != nil
        guard phase != (isGoing ? "Terminating" : "Active") else { return }
        errors.invalid(
            .status["Phase"], .string(phase),
            isGoing
                ? "may only be 'Terminating' if `deletionTimestamp` is not empty" : "may only be 'Active' if `deletionTimestamp` is empty"
        )
    }

    private static let resizing = [
        "ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending",
    ]

    static func claim(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let status = change.status
        for (name, amount) in status.quantities("capacity").sorted(by: { $0.key < $1.key }) where amount.isNegative {
            errors.invalid(.status["capacity"].key(name), JSONValue(amount.value), "must be a valid resource quantity")
        }
        for (name, state) in (status.object("allocatedResourceStatuses") ?? [:]).sorted(by: { $0.key < $1.key }) {
            let path = FieldPath.status["allocatedResourceStatus"]
            resource(name, at: path, &errors)
            if !resizing.contains(state.stringValue ?? "") { errors.append(.notSupported(path, .string(name), resizing.sorted())) }
        }
        for name in (status.object("allocatedResources") ?? [:]).keys.sorted() {
            resource(name, at: .status["allocatedResources"], &errors)
        }
    }

    private static func resource(_ name: String, at path: FieldPath, _ errors: inout [FieldError]) {
        let problems = NameRules.qualifiedName(name)
        errors.invalid(path, .string(name), problems)
        if problems.isEmpty, ResourceNames.isNative(name), name != "storage" {
            errors.append(.notSupported(path, .string(name), ["storage"]))
        }
    }
}
