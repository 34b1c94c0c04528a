import KubernetesModel

/// Fields of a pod and amounts of its containers that are handed to its programs.
enum DownwardFields {
    /// What the fields of a pod are called by those who select them.
    private static let known: Set = [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
        "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs",
        "status.podIP", "status.podIPs", "spec.host",
    ]

    static func field(_ reference: JSONObject, allowed: Set<String>, at path: FieldPath, _ errors: inout [FieldError]) {
        let (version, field) = (reference.string("apiVersion"), reference.string("fieldPath"))
        if version.isEmpty { return errors.required(path["apiVersion"]) }
        if field.isEmpty { return errors.required(path["fieldPath"]) }
        if let problem = problem(with: field, version) {
            return errors.invalid(path["fieldPath"], .string(field), "error converting fieldPath: \(problem)")
        }
        if let (map, key) = subscripted(field) {
            return errors.invalid(path, .string(key), NameRules.qualifiedName(map == "metadata.annotations" ? key.lowercased() : key))
        }
        let name = field == "spec.host" ? "spec.nodeName" : field
        if !allowed.contains(name) { errors.append(.notSupported(path["fieldPath"], .string(name), allowed.sorted())) }
    }

    private static func problem(with field: String, _ version: String) -> String? {
        if version != "v1" { return "unsupported pod version: \(version)" }
        if let (map, _) = subscripted(field) {
            let isMap = map == "metadata.annotations" || map == "metadata.labels"
            return isMap ? nil : "field label does not support subscript: \(field)"
        }
        return known.contains(field) ? nil : "field label not supported: \(field)"
    }

    /// The parts of `metadata.labels['key']`.
    private static func subscripted(_ field: String) -> (map: String, key: String)? {
        guard field.hasSuffix("']"), let start = field.firstRange(of: "['"), start.lowerBound != field.startIndex else { return nil }
        let end = field.index(field.endIndex, offsetBy: -2)
        guard start.upperBound <= end else { return nil }
        return (String(field[..<start.lowerBound]), String(field[start.upperBound..<end]))
    }

    private static let amounts = ["limits", "requests"].flatMap { list in
        ["cpu", "ephemeral-storage", "memory"].map { "\(list).\($0)" }
    }

    static func resource(_ reference: JSONObject, isInVolume: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        let name = reference.string("resource")
        let isPages = ["requests.hugepages-", "limits.hugepages-"].contains(where: name.hasPrefix)
        if isInVolume, reference.string("containerName").isEmpty {
            errors.required(path["containerName"])
        } else if name.isEmpty {
            errors.required(path["resource"])
        } else if !amounts.contains(name), !isPages {
            errors.append(.notSupported(path["resource"], .string(name), amounts))
        }
        guard let divisor = Quantity(reference["divisor"]), !divisor.isZero else { return }
        self.divisor(divisor, of: name, isPages: isPages, at: path["divisor"], &errors)
    }

    private static let sizes = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]

    private static func divisor(_ divisor: Quantity, of name: String, isPages: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        let kind: String? =
            switch name {
            case "limits.cpu", "requests.cpu": "cpu"
            case "limits.memory", "requests.memory": "memory"
            case "limits.ephemeral-storage", "requests.ephemeral-storage": "local ephemeral storage"
            default: isPages ? "hugepages" : nil
            }
        guard let kind else { return }
        let allowed = kind == "cpu" ? ["1m", "1"] : sizes
        guard !allowed.contains(divisor.canonical) else { return }
        let list = kind == "cpu" ? "1m and 1" : sizes.joined(separator: ", ")
        errors.invalid(path, .string(name), "only divisor's values \(list) are supported with the \(kind) resource")
    }
}
