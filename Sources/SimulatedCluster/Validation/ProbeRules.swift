import KubernetesModel

/// Probes and hooks of a container.
struct ProbeRules {
    /// Of the pod, in seconds.
    let gracePeriod: Int?

    func validate(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let lifecycle = container.object("lifecycle") {
            for hook in ["postStart", "preStop"] {
                guard let action = lifecycle.object(hook) else { continue }
                handler(action, ["exec", "httpGet", "tcpSocket", "sleep"], at: path["lifecycle"][hook], &errors)
            }
        }
        for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
            guard let probe = container.object(name) else { continue }
            self.probe(probe, at: path[name], &errors)
            if name == "readinessProbe" {
                guard let grace = probe.present("terminationGracePeriodSeconds") else { continue }
                errors.invalid(path[name]["terminationGracePeriodSeconds"], grace, "must not be set for readinessProbes")
            } else if let threshold = probe.int("successThreshold"), threshold != 1 {
                errors.invalid(path[name]["successThreshold"], JSONValue(threshold), "must be 1")
            }
        }
    }

    private func probe(_ probe: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        handler(probe, ["exec", "httpGet", "tcpSocket", "grpc"], at: path, &errors)
        for key in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
            errors.checkNonnegative(probe, key, at: path)
        }
        if let grace = probe.int("terminationGracePeriodSeconds"), grace <= 0 {
            errors.invalid(path["terminationGracePeriodSeconds"], JSONValue(grace), "must be greater than 0")
        }
    }

    private func handler(_ action: JSONObject, _ kinds: [String], at path: FieldPath, _ errors: inout [FieldError]) {
        let present = kinds.filter { action.object($0) != nil }
        guard let first = present.first else { return errors.required(path, "must specify a handler type") }
        validate(action.object(first) ?? [:], first, at: path[first], &errors)
        for extra in present.dropFirst() { errors.forbidden(path[extra], "may not specify more than 1 handler type") }
    }

    private func validate(_ body: JSONObject, _ kind: String, at path: FieldPath, _ errors: inout [FieldError]) {
        switch kind {
        case "exec": if body.strings("command").isEmpty { errors.required(path["command"]) }
        case "httpGet":
            errors.checkRequired(body, "path", at: path)
            PortRules.numberOrName(body.present("port"), at: path["port"], &errors)
            errors.checkChoice(body, "scheme", ["HTTP", "HTTPS"], at: path)
            for header in body.objects("httpHeaders") {
                errors.invalid(path["httpHeaders"], header["name"] ?? "", Names.header(header.string("name")))
            }
        case "sleep":
            let seconds = body.int("seconds") ?? 0
            guard let gracePeriod, !(0...max(gracePeriod, 0)).contains(seconds) else { return }
            errors.invalid(path, JSONValue(seconds), "must be non-negative and less than terminationGracePeriodSeconds (\(gracePeriod))")
        default: PortRules.numberOrName(body.present("port"), at: path["port"], &errors)
        }
    }
}

enum PortRules {
    static func numberOrName(_ port: JSONValue?, at path: FieldPath, _ errors: inout [FieldError]) {
        if let name = port?.stringValue {
            errors.invalid(path, .string(name), Names.port(name))
        } else {
            let number = port?.intValue ?? 0
            errors.invalid(path, JSONValue(number), Names.portNumber(number))
        }
    }
}
