/// Whether the objects that hold a cluster together are healthy.
enum ClusterHealth {
    static func namespace(_ namespace: FieldReader) -> HealthVerdict {
        guard namespace.status.phase.text == "Terminating" else {
            return namespace.status.phase.text == "Active" ? .ok : HealthVerdict(.unknown)
        }
        let obstacles = namespace.status.conditions.elements.filter { $0.status.text == "True" }
        guard let obstacle = obstacles.first else { return HealthVerdict(.progressing, "being deleted") }
        let isFailure = obstacles.contains { $0["type"].text.hasSuffix("Failure") }
        return HealthVerdict(isFailure ? .failing : .warning, obstacle.message.text(or: obstacle["type"].text))
    }

    static func event(_ event: FieldReader) -> HealthVerdict {
        event["type"].text == "Normal" ? .ok : HealthVerdict(.warning, event.reason.text)
    }

    static func service(_ service: FieldReader) -> HealthVerdict {
        let waits = service.spec["type"].text == "LoadBalancer" && service.status.loadBalancer.ingress.elements.isEmpty
        return waits ? HealthVerdict(.progressing, "waits for a load balancer") : .ok
    }

    static func podDisruptionBudget(_ budget: FieldReader) -> HealthVerdict {
        let healthy = budget.status.currentHealthy.number
        let desired = budget.status.desiredHealthy.number
        return healthy < desired ? HealthVerdict(.warning, "\(healthy) of at least \(desired) pods healthy") : .ok
    }

    static func autoscaler(_ scaler: FieldReader) -> HealthVerdict {
        for type in ["AbleToScale", "ScalingActive"] {
            guard let condition = scaler.status.conditions.condition(type), condition.status.text == "False" else { continue }
            // Scaled to zero by hand: nothing to scale, and nothing wrong.
            if condition.reason.text == "ScalingDisabled" { return HealthVerdict(.ok, "its target has no replicas") }
            return HealthVerdict(.warning, condition.message.text(or: condition.reason.text))
        }
        return .ok
    }

    static func apiService(_ service: FieldReader) -> HealthVerdict {
        guard let available = service.status.conditions.condition("Available") else { return HealthVerdict(.unknown) }
        return available.status.text == "True" ? .ok : HealthVerdict(.failing, available.message.text(or: available.reason.text))
    }

    static func customResourceDefinition(_ definition: FieldReader) -> HealthVerdict {
        let conditions = definition.status.conditions
        if let names = conditions.condition("NamesAccepted"), names.status.text == "False" {
            return HealthVerdict(.failing, names.message.text(or: names.reason.text))
        }
        return conditions.condition("Established")?.status.text == "True" ? .ok : HealthVerdict(.progressing, "not established yet")
    }

    static func certificateSigningRequest(_ request: FieldReader) -> HealthVerdict {
        let conditions = request.status.conditions
        for type in ["Denied", "Failed"] {
            if let condition = conditions.condition(type) { return HealthVerdict(.failing, condition.message.text(or: type)) }
        }
        return conditions.condition("Approved") != nil ? .ok : HealthVerdict(.progressing, "waits for approval")
    }
}
