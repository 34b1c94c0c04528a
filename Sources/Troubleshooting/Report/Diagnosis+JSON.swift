package import KubernetesModel

/// The stable form for scripts: `fathom.dev/v1`.
extension Diagnosis {
    package var json: JSONValue {
        [
            "apiVersion": "fathom.dev/v1", "kind": "Diagnosis",
            "cluster": .string(cluster),
            "scope": ["namespaces": JSONValue(scope.namespaces), "target": scope.target?.json ?? .null],
            "startedAt": .string(KubernetesTime.seconds(startedAt)),
            "verdict": .string(verdict.rawValue),
            "findings": .array(findings.map(\.json)),
            "healthy": .array(healthy.map { ["check": .string($0.check), "count": JSONValue($0.count)] }),
            "unverified": .array(unverified.map { ["check": .string($0.check), "reason": .string($0.reason)] }),
        ]
    }

    /// Ends in a line break; a terminal shows it without obeying what a cluster put into it.
    package var jsonText: String {
        VisibleText.json(String(decoding: JSONWriter.indented(json), as: UTF8.self)) + "\n"
    }
}

extension Finding {
    fileprivate var json: JSONValue {
        [
            "rule": .string(rule), "title": .string(title), "category": .string(category),
            "severity": .string(severity.rawValue), "confidence": .string(confidence.rawValue), "state": .string(state.rawValue),
            "rootCause": .string(rootCause), "object": object.json, "field": .string(field),
            "evidence": .array(evidence.map(\.json)),
            "victims": .array(victims.map { ["object": $0.object.json, "because": JSONValue($0.because)] }),
            "ruledOut": .array(ruledOut.map { ["hypothesis": .string($0.hypothesis), "because": .string($0.because)] }),
            "remedy": remedy.json, "verify": verification.json, "masks": JSONValue(masks),
        ]
    }
}

extension Evidence {
    fileprivate var json: JSONValue {
        switch self {
        case .field(let object, let path, let value, let says):
            ["kind": "field", "object": object.json, "path": .string(path), "value": .string(value), "says": .string(says)]
        case .event(let object, let reason, let message, let at, let count):
            [
                "kind": "event", "object": object.json, "reason": .string(reason), "value": .string(message),
                "count": JSONValue(count), "at": at.map { .string(KubernetesTime.seconds($0)) } ?? .null,
            ]
        case .log(let pod, let container, let line, let at):
            [
                "kind": "log", "object": pod.json, "container": .string(container), "value": .string(line),
                "at": at.map(JSONValue.string) ?? .null,
            ]
        }
    }
}

extension Remedy {
    fileprivate var json: JSONValue {
        [
            "summary": .string(summary), "risk": .string(risk.rawValue), "patch": change?.json ?? .null,
            "commands": JSONValue(commands),
        ]
    }
}

extension Remedy.Change {
    fileprivate var json: JSONValue {
        switch content {
        case .json(let operations): ["type": "json", "value": .array(operations)]
        case .merge(let document): ["type": "merge", "value": document]
        case .apply(let object): ["type": "apply", "value": object.value]
        }
    }
}

extension Verification {
    fileprivate var json: JSONValue {
        [
            "invariant": .string(invariant), "probe": probe.map(JSONValue.string) ?? .null,
            "within": .string("\(withinSeconds)s"),
        ]
    }
}

extension ObjectReference {
    var json: JSONValue {
        var json: JSONObject = ["apiVersion": .string(apiVersion), "kind": .string(kind)]
        if let namespace { json["namespace"] = .string(namespace) }
        json["name"] = .string(name)
        return .object(json)
    }
}
