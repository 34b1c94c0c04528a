import KubernetesModel

/// What the API server prints about dynamic resource allocation.
enum DeviceColumns {
    static func claim(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let claim = FieldReader(object)
        var states = claim.metadata.deletionTimestamp.exists ? ["deleted"] : []
        if claim.status.allocation.exists {
            states.append("allocated")
            if !claim.status.reservedFor.elements.isEmpty { states.append("reserved") }
        } else if states.isEmpty {
            states.append("pending")
        }
        return [.string(object.name), .string(states.joined(separator: ",")), CellText.age(of: object, now: now)]
    }

    static func slice(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let spec = FieldReader(object).spec
        return [
            .string(object.name), .string(spec.nodeName.text), .string(spec.driver.text), .string(spec.pool.name.text),
            CellText.age(of: object, now: now),
        ]
    }

    /// Device classes and claim templates.
    static func named(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), CellText.age(of: object, now: now)]
    }
}
