/// Whether volumes and claims are healthy.
enum StorageHealth {
    static func claim(_ claim: FieldReader) -> HealthVerdict {
        switch claim.status.phase.text {
        case "Bound":
            let resize = claim.status.conditions.elements.first { $0.status.text == "True" && $0["type"].text.contains("Resiz") }
            return resize.map { HealthVerdict(.progressing, $0.message.text(or: $0["type"].text)) } ?? .ok
        case "Lost": return HealthVerdict(.failing, "its volume \(claim.spec.volumeName.text) is gone")
        case "Pending": return HealthVerdict(.warning, "not bound to a volume")
        default: return HealthVerdict(.unknown)
        }
    }

    static func volume(_ volume: FieldReader) -> HealthVerdict {
        let message = volume.status.message.text(or: volume.status.reason.text)
        return switch volume.status.phase.text {
        case "Available", "Bound": .ok
        case "Released": HealthVerdict(.warning, "its claim was deleted; kept by its reclaim policy")
        case "Failed": HealthVerdict(.failing, message.isEmpty ? "reclaiming failed" : message)
        case "Pending": HealthVerdict(.progressing)
        default: HealthVerdict(.unknown)
        }
    }

    static func attachment(_ attachment: FieldReader) -> HealthVerdict {
        let status = attachment.status
        if status.attachError.exists { return HealthVerdict(.failing, status.attachError.message.text(or: "can't be attached")) }
        if status.detachError.exists { return HealthVerdict(.failing, status.detachError.message.text(or: "can't be detached")) }
        return status.attached.flag ? .ok : HealthVerdict(.progressing, "attaching")
    }
}
