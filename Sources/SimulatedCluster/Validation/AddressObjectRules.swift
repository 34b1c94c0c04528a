import KubernetesModel

/// Ranges from which Services get their addresses, and the addresses given out.
enum AddressObjectRules {
    static func range(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (ranges, path) = (change.spec.strings("cidrs"), FieldPath.spec["cidrs"])
        if ranges.isEmpty { errors.required(path, "at least one CIDR required") }
        if ranges.count > 2 { errors.invalid(path, JSONValue(ranges), "may only hold up to 2 values") }
        for (index, range) in ranges.enumerated() where !AddressRules.isNetwork(range) {
            errors.invalid(path[index], .string(range), AddressRules.networkMessage)
        }
        if let old = change.oldSpec, old.strings("cidrs") != ranges { errors.invalid(path, JSONValue(ranges), "field is immutable") }
    }

    static func address(_ change: ObjectChange, _ errors: inout [FieldError]) {
        if !AddressRules.isIP(change.name) { errors.invalid(.metadata["name"], .string(change.name), AddressRules.message) }
        let path = FieldPath.spec["parentRef"]
        guard let parent = change.spec.object("parentRef") else { return errors.required(path) }
        for key in ["resource", "name"] { errors.checkRequired(parent, key, at: path) }
        if let old = change.oldSpec { errors.checkUnchanged(change.spec, old, "parentRef", at: .spec) }
    }
}
