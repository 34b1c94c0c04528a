import KubernetesModel
import KubernetesSemantics

/// The addresses of a Service and their families, in the order of `ValidateServiceClusterIPsRelatedFields`.
enum ServiceAddressRules {
    static func isHeadless(_ spec: JSONObject) -> Bool { spec.strings("clusterIPs") == ["None"] }

    static func validate(_ spec: JSONObject, _ errors: inout [FieldError]) {
        let addresses = spec.strings("clusterIPs")
        pair(spec.string("clusterIP"), addresses, &errors)
        var seen: Set<String> = []
        for (index, family) in spec.strings("ipFamilies").enumerated() {
            let path = FieldPath.spec["ipFamilies"][index]
            if !["IPv4", "IPv6"].contains(family) { errors.append(.notSupported(path, .string(family), ["IPv4", "IPv6"])) }
            errors.checkUnique(family, &seen, at: path)
        }
        errors.checkChoice(spec, "ipFamilyPolicy", ["PreferDualStack", "RequireDualStack", "SingleStack"], at: .spec)
        guard areAddresses(addresses, &errors), !isHeadless(spec) else { return }
        stacks(addresses, spec.strings("ipFamilies"), &errors)
    }

    private static let path = FieldPath.spec["clusterIPs"]

    /// A client may write either field; both say the same in the end.
    private static func pair(_ first: String, _ all: [String], _ errors: inout [FieldError]) {
        if first.isEmpty {
            if !all.isEmpty { errors.invalid(path, JSONValue(all), "must be empty when `clusterIP` is not specified") }
        } else if all.isEmpty {
            errors.required(path)
        } else if all[0] != first {
            errors.invalid(path, JSONValue(all), "first value must match `clusterIP`")
        }
    }

    private static func areAddresses(_ all: [String], _ errors: inout [FieldError]) -> Bool {
        var areGood = true
        for (index, address) in all.enumerated() {
            if index == 0, address == "None" {
                guard all.count > 1 else { continue }
                errors.invalid(path, JSONValue(all), "'None' must be the first and only value")
                areGood = false
            } else if !AddressRules.isIP(address) {
                errors.invalid(path[index], .string(address), AddressRules.message)
                areGood = false
            }
        }
        if all.count > 2 { errors.invalid(path, JSONValue(all), "may only hold up to 2 values") }
        return areGood
    }

    private static func stacks(_ all: [String], _ families: [String], _ errors: inout [FieldError]) {
        let are6 = all.map { IPAddress($0)?.isVersion6 == true }
        if all.count > 1, Set(are6).count < 2 {
            errors.invalid(path, JSONValue(all), "may specify no more than one IP for each IP family")
        }
        for (index, (address, is6)) in zip(all, are6).enumerated() where index < families.count {
            guard families[index] != (is6 ? "IPv6" : "IPv4"), ["IPv4", "IPv6"].contains(families[index]) else { continue }
            errors.invalid(path[index], .string(address), "expected an \(families[index]) value as indicated by `ipFamilies[\(index)]`")
        }
    }

    /// The cluster hands out IPv4 addresses only.
    static func families(_ spec: JSONObject, _ errors: inout [FieldError]) {
        guard spec.string("type") != "ExternalName" else { return }
        if spec.string("ipFamilyPolicy") == "RequireDualStack" {
            errors.invalid(
                .spec["ipFamilyPolicy"], "RequireDualStack", "this cluster is not configured for dual-stack services")
        }
        for (index, family) in spec.strings("ipFamilies").enumerated() where family == "IPv6" {
            // A headless service without selector may name any family: its endpoints are somebody else's.
            if isHeadless(spec), spec.object("selector") == nil { continue }
            errors.invalid(.spec["ipFamilies"][index], .string(family), "not configured on this cluster")
        }
    }
}

/// What an update may change about the addresses of a Service and about who serves it.
enum ServiceUpdateRules {
    static func validate(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        if new.string("type") != "ExternalName", old.string("type") != "ExternalName" {
            addresses(new, old, &errors)
            families(new, old, &errors)
        }
        if [new, old].allSatisfy({ $0.string("type") == "LoadBalancer" }),
            new.present("loadBalancerClass") != old.present("loadBalancerClass")
        {
            errors.invalid(.spec["loadBalancerClass"], new.present("loadBalancerClass"), "may not change once set")
        }
        if ServiceAddresses.needsHealthCheck(new), ServiceAddresses.needsHealthCheck(old),
            new.int("healthCheckNodePort") ?? 0 != old.int("healthCheckNodePort") ?? 0
        {
            errors.forbidden(.spec["healthCheckNodePort"], "field is immutable")
        }
    }

    private static func addresses(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        if ServiceAddressRules.isHeadless(new), ServiceAddressRules.isHeadless(old) { return }
        let (after, before) = (new.strings("clusterIPs"), old.strings("clusterIPs"))
        let path = FieldPath.spec["clusterIPs"]
        let value: JSONValue = after.isEmpty ? .null : JSONValue(after)
        if after.count == before.count {
            for (index, address) in before.enumerated() where address != after[index] {
                errors.invalid(path[index], value, "may not change once set")
            }
            return
        }
        if after.isEmpty { return errors.invalid(path[0], value, "primary clusterIP can not be unset") }
        if let first = before.first, first != after[0] { errors.invalid(path[0], value, "may not change once set") }
        if after.count == 1, before.count > 1 { single(new, "clusterIP", &errors) }
    }

    private static func families(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        if ServiceAddressRules.isHeadless(new) || ServiceAddressRules.isHeadless(old) { return }
        let (after, before) = (new.strings("ipFamilies"), old.strings("ipFamilies"))
        let path = FieldPath.spec["ipFamilies"][0]
        if after.count == before.count {
            for (family, former) in zip(after, before) where family != former {
                errors.invalid(path, JSONValue(after), "may not change once set")
            }
            return
        }
        if let first = after.first, let former = before.first, first != former {
            errors.invalid(path, JSONValue(new.strings("clusterIPs")), "may not change once set")
        }
        if after.count == 1, before.count > 1 { single(new, "ipFamily", &errors) }
    }

    private static func single(_ spec: JSONObject, _ what: String, _ errors: inout [FieldError]) {
        guard spec.string("ipFamilyPolicy") != "SingleStack" else { return }
        errors.invalid(
            .spec["ipFamilyPolicy"], spec.present("ipFamilyPolicy"), "must be set to 'SingleStack' when releasing the secondary \(what)"
        )
    }
}
