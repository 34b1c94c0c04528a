import KubernetesModel

/// What a claim was given, who uses it, and what drivers tell of its devices.
enum DeviceAllocationRules {
    static func status(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (status, path) = (change.status, FieldPath.status)
        let allocation = status.object("allocation")
        errors.checkSet(status, "reservedFor", key: "uid", atMost: 256, at: path) { consumer, path, errors in
            for key in ["resource", "name", "uid"] { errors.checkRequired(consumer, key, at: path) }
        }
        tellings(status, of: allocation, at: path["devices"], &errors)
        if allocation == nil, !status.objects("reservedFor").isEmpty {
            errors.forbidden(path["reservedFor"], "may not be specified when `allocated` is not set")
        }
        consumersOfDeleted(change, &errors)
        guard let allocation else { return }
        if let old = change.old?.object("status")?.object("allocation") {
            if old != allocation { errors.invalid(path["allocation"], .object(allocation), "field is immutable") }
        } else {
            let requests = DeviceRequestNames(of: change.spec.object("devices") ?? [:])
            self.allocation(allocation, requests, at: path["allocation"], &errors)
        }
    }

    private static func consumersOfDeleted(_ change: ObjectChange, _ errors: inout [FieldError]) {
        guard change.new.object("metadata")?.present("deletionTimestamp") != nil, change.status.object("allocation") != nil else { return }
        let before = change.old?.object("status")?.objects("reservedFor") ?? []
        guard change.status.objects("reservedFor").contains(where: { !before.contains($0) }) else { return }
        errors.forbidden(
            .status["reservedFor"], "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set")
    }

    private static func allocation(
        _ allocation: JSONObject, _ requests: DeviceRequestNames, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        let devices = allocation.object("devices") ?? [:]
        errors.checkEach(devices, "results", atMost: 32, at: path["devices"]) { result, path, errors in
            requests.check(result.string("request"), at: path["request"], &errors)
            device(result, at: path, &errors)
            DeviceTaints.bindingConditions(of: result, at: path, &errors)
            errors.checkEach(result, "tolerations", atMost: 16, at: path, DeviceTaints.toleration)
            DeviceNames.share(result, at: path, &errors)
        }
        errors.checkEach(devices, "config", atMost: 64, at: path["devices"]) { config, path, errors in
            errors.checkChoice(config, "source", ["FromClaim", "FromClass"], at: path, isRequired: true)
            requests.check(config, at: path, &errors)
            DeviceClaimRules.configuration(config, at: path, &errors)
        }
        if let selector = allocation.object("nodeSelector") {
            AffinityRules.nodeSelector(selector, at: path["nodeSelector"], &errors)
        }
    }

    /// Where a device comes from, and what it is called there.
    private static func device(_ json: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        VolumeSourceRules.driverName(json, "driver", at: path, &errors)
        DeviceNames.pool(json, "pool", at: path, &errors)
        errors.invalid(path["device"], .string(json.string("device")), NameRules.label(json.string("device")))
    }

    // MARK: What drivers tell

    private static func tellings(_ status: JSONObject, of allocation: JSONObject?, at path: FieldPath, _ errors: inout [FieldError]) {
        let allocated = Set((allocation?.object("devices")?.objects("results") ?? []).map(identity))
        var seen: Set<String> = []
        for (index, device) in status.objects("devices").enumerated() {
            let path = path[index]
            self.device(device, at: path, &errors)
            DeviceNames.share(device, at: path, &errors)
            if !allocated.contains(identity(device)) {
                errors.invalid(path, .string(identity(device)), "must be an allocated device in the claim")
            }
            conditions(device.objects("conditions"), at: path["conditions"], &errors)
            if let data = device.present("data") { DeviceClaimRules.parameters(data, at: path["data"], &errors) }
            if let data = device.object("networkData") { network(data, at: path["networkData"], &errors) }
        }
        for (index, device) in status.objects("devices").enumerated() { errors.checkUnique(identity(device), &seen, at: path[index]) }
    }

    private static func identity(_ json: JSONObject) -> String {
        let share = json.string("shareID")
        return ["driver", "pool", "device"].map(json.string).joined(separator: "/") + (share.isEmpty ? "" : "/\(share)")
    }

    private static func conditions(_ conditions: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        if conditions.count > 8 { errors.append(.tooMany(path, conditions.count, maximum: 8)) }
        ConditionRules.validate(conditions, at: path, &errors)
    }

    private static func network(_ data: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for (key, limit) in [("interfaceName", 256), ("hardwareAddress", 128)] where data.string(key).utf8.count > limit {
            errors.append(.tooLong(path[key], maximumBytes: limit))
        }
        let (addresses, path) = (data.strings("ips"), path["ips"])
        guard errors.checkCount(addresses.count, atMost: 16, at: path) else { return }
        for (index, address) in addresses.enumerated() where !AddressRules.isNetwork(address) {
            errors.invalid(
                path[index], .string(address), "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)")
        }
        var seen: Set<String> = []
        for (index, address) in addresses.enumerated() { errors.checkUnique(address, &seen, at: path[index]) }
    }
}
