import KubernetesModel

/// What the API server prints about what steers scheduling, disruption and fairness.
enum PolicyColumns {
    static func podDisruptionBudget(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let budget = FieldReader(object)
        func limit(_ field: FieldReader) -> JSONValue { .string(field.exists ? field.textOrNumber : "N/A") }
        return [
            .string(object.name), limit(budget.spec.minAvailable), limit(budget.spec.maxUnavailable),
            JSONValue(budget.status.disruptionsAllowed.number), CellText.age(of: object, now: now),
        ]
    }

    static func priorityClass(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let priority = FieldReader(object)
        return [
            .string(object.name), JSONValue(priority["value"].number), .bool(priority.globalDefault.flag),
            CellText.age(of: object, now: now), .string(priority.preemptionPolicy.text),
        ]
    }

    static func runtimeClass(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), .string(FieldReader(object).handler.text), CellText.age(of: object, now: now)]
    }

    static func lease(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        [.string(object.name), .string(FieldReader(object).spec.holderIdentity.text), CellText.age(of: object, now: now)]
    }

    static func flowSchema(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let schema = FieldReader(object)
        return [
            .string(object.name), .string(schema.spec.priorityLevelConfiguration.name.text),
            JSONValue(schema.spec.matchingPrecedence.number), .string(schema.spec.distinguisherMethod["type"].text(or: "<none>")),
            CellText.age(of: object, now: now), .string(schema.status.conditions.condition("Dangling")?.status.text ?? "?"),
        ]
    }

    static func priorityLevel(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let spec = FieldReader(object).spec
        let queuing = spec.limited.limitResponse.queuing
        func number(_ field: FieldReader, of parent: FieldReader) -> JSONValue {
            parent.exists ? JSONValue(field.number) : "<none>"
        }
        return [
            .string(object.name), .string(spec["type"].text), number(spec.limited.nominalConcurrencyShares, of: spec.limited),
            number(queuing.queues, of: queuing), number(queuing.handSize, of: queuing), number(queuing.queueLengthLimit, of: queuing),
            CellText.age(of: object, now: now),
        ]
    }

    static func apiService(_ object: KubernetesObject, now: Instant) -> [JSONValue] {
        let service = FieldReader(object)
        let target = service.spec.service
        var available = "Unknown"
        if let condition = service.status.conditions.condition("Available") {
            let status = condition.status.text
            available = status == "True" ? status : "\(status) (\(condition.reason.text))"
        }
        return [
            .string(object.name), .string(target.exists ? "\(target.namespace.text)/\(target.name.text)" : "Local"), .string(available),
            CellText.age(of: object, now: now),
        ]
    }
}
