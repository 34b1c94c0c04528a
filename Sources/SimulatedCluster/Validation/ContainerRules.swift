import KubernetesModel

/// The containers of a pod: each by itself, and together.
struct ContainerRules {
    let volumes: [String: JSONObject]
    let spec: JSONObject
    let path: FieldPath

    func validate(_ errors: inout [FieldError]) {
        var names: Set<String> = []
        containers(&names, &errors)
        for (index, container) in spec.objects("initContainers").enumerated() {
            initContainer(container, at: path["initContainers"][index], &names, &errors)
        }
        for (index, container) in spec.objects("ephemeralContainers").enumerated() {
            ephemeral(container, at: path["ephemeralContainers"][index], &names, &errors)
        }
    }

    private var probes: ProbeRules { ProbeRules(gracePeriod: spec.int("terminationGracePeriodSeconds")) }

    private func containers(_ names: inout Set<String>, _ errors: inout [FieldError]) {
        let containers = spec.objects("containers")
        if containers.isEmpty { return errors.required(path["containers"]) }
        for (index, container) in containers.enumerated() {
            let path = path["containers"][index]
            common(container, at: path, &errors)
            errors.checkUnique(container.string("name"), &names, at: path["name"])
            probes.validate(container, at: path, &errors)
            restarts(container, at: path, &errors)
        }
        hostPorts(of: containers, at: path["containers"], &errors)
    }

    private func initContainer(_ container: JSONObject, at path: FieldPath, _ names: inout Set<String>, _ errors: inout [FieldError]) {
        common(container, at: path, &errors)
        restarts(container, at: path, &errors)
        if !container.string("name").isEmpty { errors.checkUnique(container.string("name"), &names, at: path["name"]) }
        hostPorts(of: [container], at: self.path["initContainers"], &errors)
        if container.string("restartPolicy") == "Always" { return probes.validate(container, at: path, &errors) }
        errors.checkAbsent(
            container, ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"], at: path,
            "may not be set for init containers without restartPolicy=Always"
        )
    }

    private static let notForEphemeral = [
        "ports", "resources", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "resizePolicy", "restartPolicy",
        "restartPolicyRules",
    ]

    private func ephemeral(_ container: JSONObject, at path: FieldPath, _ names: inout Set<String>, _ errors: inout [FieldError]) {
        common(container, at: path, &errors)
        ContainerImage.checkPadding(container, at: path, &errors)
        errors.checkUnique(container.string("name"), &names, at: path["name"])
        let target = container.string("targetContainerName")
        let known = (spec.objects("containers") + spec.objects("initContainers")).map { $0.string("name") }
        if !target.isEmpty, !known.contains(target) {
            errors.append(.notFound(path["targetContainerName"], .string(target)))
        }
        let detail = "cannot be set for an Ephemeral Container"
        // Defaults fill in empty resources; empty lists count as missing.
        let stated = container.filter { $1 != .object([:]) && $1 != .array([]) }
        errors.checkAbsent(stated, Self.notForEphemeral, at: path, detail)
        for (index, mount) in container.objects("volumeMounts").enumerated() {
            for key in ["subPath", "subPathExpr"] where !mount.string(key).isEmpty {
                errors.forbidden(path["volumeMounts"][index][key], detail)
            }
        }
    }

    /// In the order of `validateContainerCommon`.
    private func common(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkRequiredText(container, "name", NameRules.label, at: path)
        errors.checkRequired(container, "image", at: path)
        errors.checkChoice(container, "terminationMessagePolicy", ["File", "FallbackToLogsOnError"], at: path, isRequired: true)
        ports(container.objects("ports"), at: path["ports"], &errors)
        EnvironmentRules.validate(container, at: path, &errors)
        MountRules(container: container, volumes: volumes).validate(at: path, &errors)
        errors.checkChoice(container, "imagePullPolicy", ["Always", "IfNotPresent", "Never"], at: path, isRequired: true)
        let claims = Set(spec.objects("resourceClaims").map { $0.string("name") }.filter { !$0.isEmpty })
        ResourceRules(claims: claims).validate(container.object("resources") ?? [:], at: path["resources"], &errors)
        resizing(container.objects("resizePolicy"), at: path["resizePolicy"], &errors)
        SecurityContextRules.container(
            container.object("securityContext") ?? [:], hasHostUsers: spec.present("hostUsers") != false, at: path["securityContext"],
            &errors
        )
    }

    private func ports(_ ports: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let path = path[index]
            let name = port.string("name")
            if !name.isEmpty {
                let problems = Names.port(name)
                errors.invalid(path["name"], .string(name), problems)
                if problems.isEmpty { errors.checkUnique(name, &names, at: path["name"]) }
            }
            let number = port.int("containerPort") ?? 0
            if number == 0 {
                errors.required(path["containerPort"])
            } else {
                errors.invalid(path["containerPort"], JSONValue(number), Names.portNumber(number))
            }
            if let host = port.int("hostPort"), host != 0 { errors.invalid(path["hostPort"], JSONValue(host), Names.portNumber(host)) }
            errors.checkChoice(port, "protocol", ["SCTP", "TCP", "UDP"], at: path, isRequired: true)
        }
    }

    private func hostPorts(of containers: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var taken: Set<String> = []
        for (index, container) in containers.enumerated() {
            for (position, port) in container.objects("ports").enumerated() {
                guard let host = port.int("hostPort"), host != 0 else { continue }
                let key = "\(port.string("protocol"))/\(port.string("hostIP"))/\(host)"
                errors.checkUnique(key, &taken, at: path[index]["ports"][position]["hostPort"])
            }
        }
    }

    /// How a change of resources is carried out, resource by resource.
    private func resizing(_ policies: [JSONObject], at path: FieldPath, _ errors: inout [FieldError]) {
        var names: Set<String> = []
        for (index, policy) in policies.enumerated() {
            let (name, restart) = (policy.string("resourceName"), policy.string("restartPolicy"))
            errors.checkUnique(name, &names, at: path[index])
            for (value, supported) in [(name, ["cpu", "memory"]), (restart, ["NotRequired", "RestartContainer"])] {
                if value.isEmpty {
                    errors.required(path)
                } else if !supported.contains(value) {
                    errors.append(.notSupported(path, .string(value), supported))
                }
            }
            if spec.string("restartPolicy") == "Never", restart != "NotRequired" {
                errors.invalid(path, .string(restart), "must be 'NotRequired' when `restartPolicy` is 'Never'")
            }
        }
    }

    /// A container's own say in when it is started again.
    private func restarts(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        errors.checkChoice(container, "restartPolicy", ["Always", "Never", "OnFailure"], at: path)
        let rules = container.objects("restartPolicyRules")
        let list = path["restartPolicyRules"]
        if !rules.isEmpty, container.string("restartPolicy").isEmpty {
            errors.required(path["restartPolicy"], "must specify restartPolicy when restart rules are used")
        }
        if rules.count > 20 { errors.append(.tooMany(list, rules.count, maximum: 20)) }
        for (index, rule) in rules.enumerated() {
            errors.checkChoice(rule, "action", ["Restart"], at: list[index], isRequired: true)
            guard let codes = rule.object("exitCodes") else {
                errors.required(list[index]["exitCodes"], "must be specified")
                continue
            }
            errors.checkChoice(codes, "operator", ["In", "NotIn"], at: list[index]["exitCodes"], isRequired: true)
        }
    }
}

/// What only pods, not their templates, ask of an image's name.
enum ContainerImage {
    static func checkPadding(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        let image = container.string("image")
        guard image.first?.isWhitespace == true || image.last?.isWhitespace == true else { return }
        errors.invalid(path["image"], .string(image), "must not have leading or trailing whitespace")
    }
}
