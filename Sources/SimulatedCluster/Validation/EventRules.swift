import KubernetesModel

/// Events, in the form in which they are stored (`pkg/apis/core/validation/events.go`): the newer API demands more of them.
enum EventRules {
    static func validate(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let event = change.new
        placed(event, &errors)
        if event.present("eventTime") != nil { complete(event, &errors) }
        guard change.group == "events.k8s.io" else { return }
        if let old = change.old { unchanged(event, old, &errors) } else { strict(event, &errors) }
    }

    /// An event stands in the namespace of what it is about; in `default` when that has none, where components of the server's own also
    /// use `kube-system`.
    private static func placed(_ event: JSONObject, _ errors: inout [FieldError]) {
        let namespace = event.object("metadata")?.string("namespace") ?? ""
        let about = event.object("involvedObject")?.string("namespace") ?? ""
        let isOld = event.present("eventTime") == nil
        let common = isOld ? ["", "default"] : ["default", "kube-system"]
        let isPlaced = about.isEmpty ? common.contains(namespace) : !isOld || about == namespace
        if !isPlaced { errors.invalid(FieldPath("involvedObject")["namespace"], .string(about), "does not match event.namespace") }
    }

    private static func complete(_ event: JSONObject, _ errors: inout [FieldError]) {
        let controller = event.string("reportingComponent")
        if controller.isEmpty { errors.required(FieldPath("reportingController")) }
        errors.invalid(FieldPath("reportingController"), .string(controller), NameRules.qualifiedName(controller))
        for key in ["reportingInstance", "action", "reason"] {
            if event.string(key).isEmpty { errors.required(FieldPath(key)) }
            limit(event, key, 128, &errors)
        }
        limit(event, "message", 1024, &errors)
    }

    private static func limit(_ event: JSONObject, _ key: String, _ most: Int, _ errors: inout [FieldError]) {
        guard event.string(key).utf8.count > most else { return }
        errors.invalid(FieldPath(key), "", "can have at most \(most) characters")
    }

    private static func series(_ event: JSONObject, _ errors: inout [FieldError]) {
        guard let series = event.object("series") else { return }
        if series.int("count") ?? 0 < 2 { errors.invalid(FieldPath("series.count"), "", "should be at least 2") }
        if series.present("lastObservedTime") == nil { errors.required(FieldPath("series.lastObservedTime")) }
    }

    private static func strict(_ event: JSONObject, _ errors: inout [FieldError]) {
        series(event, &errors)
        if event.present("eventTime") == nil { errors.required(FieldPath("eventTime")) }
        let type = event.string("type")
        if !["Normal", "Warning"].contains(type) { errors.invalid(FieldPath("type"), "", "has invalid value: \(type)") }
        for key in ["firstTimestamp", "lastTimestamp", "count"] where event.present(key) != nil {
            errors.invalid(FieldPath(key), "", "needs to be unset")
        }
        if event.object("source")?.isEmpty == false { errors.invalid(FieldPath("source"), "", "needs to be unset") }
    }

    private static func unchanged(_ event: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        if event.object("series") != old.object("series") { series(event, &errors) }
        let fixed = [
            "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp", "count", "type", "eventTime", "action",
            "related",
        ]
        for key in fixed { errors.checkUnchanged(event, old, key, at: .root) }
        if event.string("reportingComponent") != old.string("reportingComponent") {
            errors.invalid(FieldPath("reportingController"), event.present("reportingComponent"), "field is immutable")
        }
        errors.checkUnchanged(event, old, "reportingInstance", at: .root)
    }
}
