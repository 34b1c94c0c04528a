import KubernetesModel

/// What the API server prints about the small kinds of the core group.
enum CoreColumns {
    static func namespace(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), .string(FieldReader(object).status.phase.text), CellText.age(of: object, now: now)]
    }

    static func configMap(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let map = FieldReader(object)
        return [
            .string(object.name), JSONValue(map.data.members.count + map.binaryData.members.count), CellText.age(of: object, now: now),
        ]
    }

    static func secret(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let secret = FieldReader(object)
        return [
            .string(object.name), .string(secret["type"].text), JSONValue(secret.data.members.count), CellText.age(of: object, now: now),
        ]
    }

    static func serviceAccount(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), CellText.age(of: object, now: now)]
    }

    static func resourceQuota(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let status = FieldReader(object).status
        var requests: [String] = []
        var limits: [String] = []
        for resource in status.hard.members.keys.sorted() {
            let used = status.used[resource].textOrNumber
            let text = "\(resource): \(used.isEmpty ? "0" : used)/\(status.hard[resource].textOrNumber)"
            if resource.hasPrefix("limits.") { limits.append(text) } else { requests.append(text) }
        }
        return [
            .string(object.name), .string(requests.joined(separator: ", ")), .string(limits.joined(separator: ", ")),
            CellText.age(of: object, now: now),
        ]
    }

    static func componentStatus(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let condition = FieldReader(object).conditions.condition("Healthy")
        let status = condition.map { $0.status.text == "True" ? "Healthy" : "Unhealthy" } ?? "Unknown"
        return [
            .string(object.name), .string(status), .string(condition?.message.text ?? ""), .string(condition?.error.text ?? ""),
        ]
    }
}
