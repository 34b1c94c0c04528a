import KubernetesModel

/// Where a container has the volumes of its pod: as directories, and as devices.
struct MountRules {
    let container: JSONObject
    let volumes: [String: JSONObject]

    func validate(at path: FieldPath, _ errors: inout [FieldError]) {
        mounts(at: path["volumeMounts"], &errors)
        devices(at: path["volumeDevices"], &errors)
    }

    private func mounts(at list: FieldPath, _ errors: inout [FieldError]) {
        let devices = container.objects("volumeDevices")
        let (deviceNames, devicePaths) = (Set(devices.map { $0.string("name") }), Set(devices.map { $0.string("devicePath") }))
        var places: Set<String> = []
        for (index, mount) in container.objects("volumeMounts").enumerated() {
            let (path, name, place) = (list[index], mount.string("name"), mount.string("mountPath"))
            errors.checkRequired(mount, "name", at: path)
            if volumes[name] == nil { errors.append(.notFound(path["name"], .string(name))) }
            errors.checkRequired(mount, "mountPath", at: path)
            if !places.insert(place).inserted { errors.invalid(path["mountPath"], .string(place), "must be unique") }
            if deviceNames.contains(name) { errors.invalid(path["name"], .string(name), "must not already exist in volumeDevices") }
            if devicePaths.contains(place) {
                errors.invalid(path["mountPath"], .string(place), "must not already exist as a path in volumeDevices")
            }
            subPaths(mount, at: path, in: list, &errors)
            propagation(mount, at: list, &errors)
        }
    }

    /// What is wrong with a part of a volume is told of the list, not of its element.
    private func subPaths(_ mount: JSONObject, at path: FieldPath, in list: FieldPath, _ errors: inout [FieldError]) {
        let keys = ["subPath", "subPathExpr"]
        if volumes[mount.string("name")]?.object("image") != nil {
            for key in keys where !mount.string(key).isEmpty {
                errors.invalid(path[key], mount[key], "not allowed in image volume sources")
            }
        }
        VolumeSourceRules.descending(mount.string("subPath"), at: list["subPath"], &errors)
        let expression = mount.string("subPathExpr")
        if !expression.isEmpty, !mount.string("subPath").isEmpty {
            errors.invalid(path["subPathExpr"], .string(expression), "subPathExpr and subPath are mutually exclusive")
        }
        VolumeSourceRules.descending(expression, at: list["subPathExpr"], &errors)
    }

    private func propagation(_ mount: JSONObject, at list: FieldPath, _ errors: inout [FieldError]) {
        let mode = mount.string("mountPropagation")
        errors.checkChoice(mount, "mountPropagation", ["Bidirectional", "HostToContainer", "None"], at: list)
        if mode == "Bidirectional", container.object("securityContext")?.bool("privileged") != true {
            errors.forbidden(list["mountPropagation"], "Bidirectional mount propagation is available only to privileged containers")
        }
        let path = list["recursiveReadOnly"]
        switch mount.string("recursiveReadOnly") {
        case "", "Disabled": break
        case "Enabled", "IfPossible":
            if !mount.bool("readOnly") { errors.forbidden(path, "may only be specified when readOnly is true") }
            if !["", "None"].contains(mode) {
                errors.forbidden(path, "may only be specified when mountPropagation is None or not specified")
            }
        default: errors.checkChoice(mount, "recursiveReadOnly", ["Disabled", "Enabled", "IfPossible"], at: list)
        }
    }

    private func devices(at list: FieldPath, _ errors: inout [FieldError]) {
        let mounts = container.objects("volumeMounts")
        let (mountNames, mountPaths) = (Set(mounts.map { $0.string("name") }), Set(mounts.map { $0.string("mountPath") }))
        var (names, places): (Set<String>, Set<String>) = ([], [])
        for (index, device) in container.objects("volumeDevices").enumerated() {
            let (path, name, place) = (list[index], device.string("name"), device.string("devicePath"))
            errors.checkRequired(device, "name", at: path)
            if !name.isEmpty, !names.insert(name).inserted { errors.invalid(path["name"], .string(name), "must be unique") }
            if let volume = volumes[name] {
                if volume.object("persistentVolumeClaim") == nil, volume.object("ephemeral") == nil {
                    errors.invalid(
                        path["name"], .string(name), "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"
                    )
                }
            } else {
                errors.append(.notFound(path["name"], .string(name)))
            }
            errors.checkRequired(device, "devicePath", at: path)
            if !places.insert(place).inserted { errors.invalid(path["devicePath"], .string(place), "must be unique") }
            if place.split(separator: "/").contains("..") {
                errors.invalid(path["devicePath"], .string(place), "can not contain backsteps ('..')")
            }
            if mountNames.contains(name) { errors.invalid(path["name"], .string(name), "must not already exist in volumeMounts") }
            if mountPaths.contains(place) {
                errors.invalid(path["devicePath"], .string(place), "must not already exist as a path in volumeMounts")
            }
        }
    }
}
