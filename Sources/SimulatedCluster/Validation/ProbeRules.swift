import KubernetesModel

/// Probes and hooks of a container.
enum ProbeRules {
    static func validate(_ container: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        if let lifecycle = container.object("lifecycle") {
            for hook in ["postStart", "preStop"] {
                if let action = lifecycle.object(hook) { handler(action, at: path["lifecycle"][hook], &errors) }
            }
        }
        for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
            guard let probe = container.object(name) else { continue }
            self.probe(probe, at: path[name], &errors)
            if name != "readinessProbe", let threshold = probe.int("successThreshold"), threshold != 1 {
                errors.invalid(path[name]["successThreshold"], JSONValue(threshold), "must be 1")
            }
        }
    }

    private static func probe(_ probe: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        handler(probe, at: path, &errors)
        for key in ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"] {
            errors.checkNonnegative(probe, key, at: path)
        }
        if let grace = probe.int("terminationGracePeriodSeconds"), grace <= 0 {
            errors.invalid(path["terminationGracePeriodSeconds"], JSONValue(grace), "must be greater than 0")
        }
    }

    private static func handler(_ action: JSONObject, at path: FieldPath, _ errors: inout [FieldError]) {
        var count = 0
        for kind in ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] {
            guard let body = action.object(kind) else { continue }
            count += 1
            guard count == 1 else {
                errors.forbidden(path[kind], "may not specify more than 1 handler type")
                continue
            }
            switch kind {
            case "exec": if body.strings("command").isEmpty { errors.required(path["exec"]["command"]) }
            case "httpGet":
                errors.checkRequired(body, "path", at: path["httpGet"])
                PortRules.numberOrName(body.present("port"), at: path["httpGet"]["port"], &errors)
                errors.checkChoice(body, "scheme", ["HTTP", "HTTPS"], at: path["httpGet"])
            case "sleep": break
            default: PortRules.numberOrName(body.present("port"), at: path[kind]["port"], &errors)
            }
        }
        if count == 0 { errors.required(path, "must specify a handler type") }
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
