import KubernetesModel

/// Registrations of API servers behind the API server (`kube-aggregator/pkg/apis/apiregistration/validation`).
enum AggregationRules {
    static func apiService(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let spec = change.spec
        let (group, version) = (spec.string("group"), spec.string("version"))
        let name = "\(version).\(group)"
        if change.name != name {
            errors.invalid(.metadata["name"], .string(change.name), "must be `spec.version+\".\"+spec.group`: \(name.goQuoted)")
        }
        if group.isEmpty, version != "v1" {
            errors.required(.spec["group"], "only v1 may have an empty group and it better be legacy kube")
        }
        if !group.isEmpty { errors.invalid(.spec["group"], .string(group), NameRules.subdomain(group)) }
        errors.invalid(.spec["version"], .string(version), Names.label1035(version))
        for (key, most) in [("groupPriorityMinimum", 20_000), ("versionPriority", 1000)] {
            let priority = spec.int(key) ?? 0
            guard !(1...most).contains(priority) else { continue }
            errors.invalid(.spec[key], JSONValue(priority), "must be positive and less than \(most)")
        }
        service(spec, &errors)
    }

    private static func service(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let (bundle, isInsecure) = (spec.string("caBundle"), spec.bool("insecureSkipTLSVerify"))
        guard let service = spec.object("service") else {
            if !bundle.isEmpty { errors.invalid(.spec["caBundle"], .string(bundle), "local APIServices may not have a caBundle") }
            if isInsecure { errors.invalid(.spec["insecureSkipTLSVerify"], true, "local APIServices may not have insecureSkipTLSVerify") }
            return
        }
        for key in ["namespace", "name"] { errors.checkRequired(service, key, at: .spec["service"]) }
        if isInsecure, !bundle.isEmpty { errors.invalid(.spec["insecureSkipTLSVerify"], true, "may not be true if caBundle is present") }
    }
}
