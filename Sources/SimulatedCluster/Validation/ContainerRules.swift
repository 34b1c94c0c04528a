import KubernetesModel

/// The containers of a pod: each by itself, and together.
struct ContainerRules {
    let volumes: [String: JSONObject]
    let spec: JSONObject
    let path: FieldPath

    func validate(_ errors: inout [FieldError]) {
        var names: Set<String> = []
        let containers = spec.objects("containers")
        if containers.isEmpty { errors.required(path["containers"]) }
        for (index, container) in containers.enumerated() {
            let path = path["containers"][index]
            common(container, at: path, &errors)
            checkUnique(container.string("name"), &names, at: path, &errors)
            ProbeRules.validate(container, at: path, &errors)
        }
        hostPorts(of: containers, at: path["containers"], &errors)
        for (index, container) in spec.objects("initContainers").enumerated() {
            initContainer(container, at: path["initContainers"][index], &names, &errors)
        }
        for (index, container) in spec.objects("ephemeralContainers").enumerated() {
            ephemeral(container, at: path["ephemeralContainers"][index], &names, &errors)
        }
    }

    private func checkUnique(_ name: String, _ names: inout Set<String>, at path: FieldPath, _ errors: inout [FieldError]) {
        if !names.insert(name).inserted { errors.append(.duplicate(path["name"], .string(name))) }
    }

    private func initContainer(_ container: JSONObject, at path: FieldPath, _ names: inout Set<String>, _ errors: inout [FieldError]) {
        common(container, at: path, &errors)
        if !container.string("name").isEmpty { checkUnique(container.string("name"), &names, at: path, &errors) }
        if container.string("restartPolicy") == "Always" { return ProbeRules.validate(container, at: path, &errors) }
        for key in ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"] where container.present(key) != nil {
            errors.forbidden(path[key], "may not be set for init containers without restartPolicy=Always")
        }
    }

    private static let notForEphemeral = ["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle"]

    private func ephemeral(_ container: JSONObject, at path: FieldPath, _ names: inout Set<String>, _ errors: inout [FieldError]) {
        common(container, at: path, &errors)
        if !container.string("name").isEmpty { checkUnique(container.string("name"), &names, at: path, &errors) }
        let target = container.string("targetContainerName")
        let known = (spec.objects("containers") + spec.objects("initContainers")).map { $0.string("name") }
        if !target.isEmpty, !known.contains(target) {
            errors.append(.notFound(path["targetContainerName"], .string(target)))
        }
        for key in Self.notForEphemeral where container.present(key) != nil {
            errors.forbidden(path[key], "cannot be set for an Ephemeral Container")
        }
        if let resources = container.object("resources"), !resources.isEmpty {
            errors.forbidden(path["resources"], "cannot be set for an Ephemeral Container")
        }
    }

    private func common(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let name = container.string("name")
        if name.isEmpty { errors.required(path["name"]) } else { errors.invalid(path["name"], .string(name), NameRules.label(name)) }
        let image = container.string("image")
        if image.isEmpty {
            errors.required(path["image"])
        } else if image.first == " " || image.last == " " {
            errors.invalid(path["image"], .string(image), "must not have leading or trailing whitespace")
        }
        errors.checkChoice(container, "terminationMessagePolicy", ["FallbackToLogsOnError", "File"], at: path, isRequired: true)
        ports(container.objects("ports"), at: path["ports"], &errors)
        EnvironmentRules.validate(container, at: path, &errors)
        mounts(container, at: path, &errors)
        errors.checkChoice(container, "imagePullPolicy", ["Always", "IfNotPresent", "Never"], at: path, isRequired: true)
        ResourceRules.validate(container.object("resources") ?? [:], at: path["resources"], &errors)
        security(container.object("securityContext") ?? [:], at: path["securityContext"], &errors)
    }

    private func ports(_ ports: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let path = path[index]
            let name = port.string("name")
            if !name.isEmpty {
                let problems = Names.port(name)
                errors.invalid(path["name"], .string(name), problems)
                if problems.isEmpty, !names.insert(name).inserted { errors.append(.duplicate(path["name"], .string(name))) }
            }
            let number = port.int("containerPort") ?? 0
            if number == 0 { errors.required(path["containerPort"]) } else {
                errors.invalid(path["containerPort"], JSONValue(number), Names.portNumber(number))
            }
            if let host = port.int("hostPort"), host != 0 {
                errors.invalid(path["hostPort"], JSONValue(host), Names.portNumber(host))
                if spec.bool("hostNetwork"), host != number {
                    errors.invalid(path["hostPort"], JSONValue(host), "must match `containerPort` when `hostNetwork` is true")
                }
            }
            errors.checkChoice(port, "protocol", ["SCTP", "TCP", "UDP"], at: path, isRequired: true)
        }
    }

    private func hostPorts(of containers: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var taken: Set<String> = []
        for (index, container) in containers.enumerated() {
            for (position, port) in container.objects("ports").enumerated() {
                guard let host = port.int("hostPort"), host != 0 else { continue }
                let key = "\(port.string("protocol"))/\(port.string("hostIP"))/\(host)"
                if !taken.insert(key).inserted {
                    errors.append(.duplicate(path[index]["ports"][position]["hostPort"], .string(key)))
                }
            }
        }
    }

    private func mounts(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        var places: Set<String> = []
        for (index, mount) in container.objects("volumeMounts").enumerated() {
            let path = path["volumeMounts"][index]
            let name = mount.string("name")
            if name.isEmpty {
                errors.required(path["name"])
            } else if volumes[name] == nil {
                errors.append(.notFound(path["name"], .string(name)))
            }
            let place = mount.string("mountPath")
            if place.isEmpty {
                errors.required(path["mountPath"])
            } else if !places.insert(place).inserted {
                errors.invalid(path["mountPath"], .string(place), "must be unique")
            }
            VolumeRules.validate(relative: mount, "subPath", at: path, &errors)
        }
        for (index, device) in container.objects("volumeDevices").enumerated() {
            let path = path["volumeDevices"][index]
            if volumes[device.string("name")] == nil { errors.append(.notFound(path["name"], .string(device.string("name")))) }
            errors.checkRequired(device, "devicePath", at: path)
        }
    }

    private func security(_ context: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        for key in ["runAsUser", "runAsGroup"] {
            if let id = context.int(key), !(0...2_147_483_647).contains(id) {
                errors.invalid(path[key], JSONValue(id), "must be between 0 and 2147483647, inclusive")
            }
        }
        guard context.present("allowPrivilegeEscalation") == false else { return }
        if context.bool("privileged") {
            errors.invalid(path, .object(context), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true")
        }
        if (context.object("capabilities")?.strings("add") ?? []).contains("CAP_SYS_ADMIN") {
            errors.invalid(path, .object(context), "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN")
        }
    }
}
