import KubernetesModel

/// How much a device has of something, and in which portions it may be asked for.
enum DeviceCapacityRules {
    /// - Parameter isShared: whether several claims may have a part of the device.
    static func validate(_ capacity: JSONObject, isShared: Bool, at path: FieldPath, _ errors: inout [FieldError]) {
        guard let policy = capacity.object("requestPolicy") else { return }
        let path = path["requestPolicy"]
        guard isShared else { return errors.forbidden(path, "allowMultipleAllocations must be true") }
        let values = (policy["validValues"]?.arrayValue ?? []).map { Quantity($0) ?? .zero }
        let range = policy.object("validRange")
        if !values.isEmpty, range != nil {
            let rule = #"cannot specify "validValues" and "validRange" at the same time"#
            return errors.forbidden(path, "exactly one policy can be specified, \(rule)")
        }
        let limit = Quantity(capacity["value"]) ?? .zero
        let portion = Quantity(policy["default"])
        if !values.isEmpty {
            guard let portion else { return errors.required(path["default"], "required when validValues is defined") }
            portions(values, default: portion, limit, at: path["validValues"], &errors)
        } else if let range {
            guard let portion else { return errors.required(path["default"], "required when validRange is defined") }
            self.range(range, default: portion, limit, at: path["validRange"], &errors)
        }
    }

    private static func portions(
        _ values: [Quantity], default portion: Quantity, _ limit: Quantity, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        for (index, pair) in zip(values, values.dropFirst()).enumerated() where pair.0 > pair.1 {
            errors.invalid(path[index + 1], pair.1.json, "values must be sorted in ascending order")
        }
        if errors.checkCount(values.count, atMost: 10, at: path) {
            for (index, value) in values.enumerated() where value > limit {
                errors.invalid(path[index], value.json, "option is larger than capacity value: \(limit)")
            }
            var seen: Set<String> = []
            for (index, value) in values.enumerated() { errors.checkUnique(String(value.value), &seen, at: path[index]) }
        }
        if values.count > 10 || !values.contains(portion) {
            errors.invalid(path, portion.json, "default value is not valid according to the requestPolicy")
        }
    }

    private static func range(
        _ range: JSONObject, default portion: Quantity, _ limit: Quantity, at path: FieldPath, _ errors: inout [FieldError]
    ) {
        guard let least = Quantity(range["min"]) else { return errors.required(path["min"], "required when validRange is defined") }
        if least > limit { errors.invalid(path["min"], least.json, "min is larger than capacity value: \(limit)") }
        if portion < least { errors.invalid(path["default"], portion.json, "default is less than min: \(least)") }
        let most = Quantity(range["max"])
        if let most {
            if least > most { errors.invalid(path["max"], least.json, "min is larger than max: \(most)") }
            if most > limit { errors.invalid(path["max"], most.json, "max is larger than capacity value: \(limit)") }
            if portion > most { errors.invalid(path["default"], portion.json, "default is more than max: \(most)") }
        }
        guard let step = Quantity(range["step"]) else { return }
        guard step > .zero else { return errors.invalid(path["step"], step.json, "must be greater than zero") }
        if least + step > limit {
            errors.invalid(path["step"], step.json, "one step \(least + step) is larger than capacity value: \(limit)")
        }
        for value in [portion, most].compactMap(\.self) {
            let (distance, overflow) = value.value.subtractingReportingOverflow(least.value)
            guard overflow || distance % step.value != 0 else { continue }
            errors.invalid(path["step"], value.json, "value is not a multiple of a given step (\(step)) from (\(least))")
        }
    }
}
