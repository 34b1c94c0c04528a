import KubernetesModel
import KubernetesSemantics

/// Nodes: their taints, networks and sizes.
enum NodeRules {
    static func node(_ change: ObjectChange, _ errors: inout [FieldError]) {
        guard let old = change.oldSpec else {
            // Taints are told as if they stood in the metadata.
            TolerationRules.validate(taints: change.spec.objects("taints"), at: .metadata["taints"], &errors)
            amounts(change.status, &errors)
            return networks(change.spec.strings("podCIDRs"), &errors)
        }
        amounts(change.status, &errors)
        update(change.spec, old, &errors)
        TolerationRules.validate(taints: change.spec.objects("taints"), at: .metadata["taints"], &errors)
    }

    static func amounts(_ status: JSONObject, _ errors: inout [FieldError]) {
        for list in ["capacity", "allocatable"] {
            for (name, amount) in status.quantities(list).sorted(by: { $0.key < $1.key }) {
                ResourceRules.amount(amount, of: name, at: .status[list][name], &errors)
            }
        }
        var seen: Set<JSONObject> = []
        for (index, address) in status.objects("addresses").enumerated() where !seen.insert(address).inserted {
            errors.append(.duplicate(.status["addresses"][index], .object(address)))
        }
    }

    private static func networks(_ networks: [String], _ errors: inout [FieldError]) {
        let path = FieldPath.spec["podCIDRs"]
        for (index, network) in networks.enumerated() where !AddressRules.isNetwork(network) {
            errors.invalid(path[index], .string(network), AddressRules.networkMessage)
        }
        guard networks.count > 1 else { return }
        if networks.count > 2 || Set(networks.map { $0.contains(":") }).count < 2 {
            errors.invalid(path, JSONValue(networks), "may specify no more than one CIDR for each IP family")
        }
        var seen: Set<String> = []
        for (index, network) in networks.enumerated() { errors.checkUnique(network, &seen, at: path[index]) }
    }

    private static func update(_ new: JSONObject, _ old: JSONObject, _ errors: inout [FieldError]) {
        let before = old.strings("podCIDRs")
        if !before.isEmpty, before != new.strings("podCIDRs") {
            errors.forbidden(.spec["podCIDRs"], "node updates may not change podCIDR except from \"\" to valid")
        }
        let provider = old.string("providerID")
        if !provider.isEmpty, provider != new.string("providerID") {
            errors.forbidden(.spec["providerID"], "node updates may not change providerID except from \"\" to valid")
        }
        if old.string("externalID") != new.string("externalID") { errors.forbidden(.spec["externalID"], "may not be updated") }
    }
}
