import KubernetesModel
import KubernetesSemantics

/// The status of a pod: its addresses, and that what has ended stays ended.
enum PodStatusRules {
    static func validate(_ change: ObjectChange, _ errors: inout [FieldError]) {
        let (status, old) = (change.status, change.old?.object("status") ?? [:])
        if let before = change.old { PodAnnotationRules.validateUpdate(change.new, before, &errors) }
        conditions(status.objects("conditions"), &errors)
        let node = status.string("nominatedNodeName")
        if node != old.string("nominatedNodeName") { errors.checkText(status, "nominatedNodeName", NameRules.subdomain, at: .status) }
        if old.present("qosClass") != nil { errors.checkUnchanged(status, old, "qosClass", at: .status) }
        ended(change, old, &errors)
        addresses(status.objects("podIPs").map { $0.string("ip") }, status["podIPs"], at: .status["podIPs"], &errors)
        let hosts = status.objects("hostIPs").map { $0.string("ip") }
        if let first = hosts.first, first != status.string("hostIP") {
            errors.invalid(.status["hostIPs"][0]["ip"], .string(first), "must be equal to `hostIP`")
        }
        addresses(hosts, status["hostIPs"], at: .status["hostIPs"], &errors)
    }

    private static func conditions(_ conditions: [JSONObject], _ errors: inout [FieldError]) {
        for (index, condition) in conditions.enumerated() {
            let type = condition.string("type")
            // Told as if conditions stood in the metadata.
            errors.invalid(FieldPath.metadata["conditions"][index]["Type"], .string(type), NameRules.qualifiedName(type))
        }
    }

    /// Containers that won't be started again can't come back.
    private static func ended(_ change: ObjectChange, _ old: JSONObject, _ errors: inout [FieldError]) {
        let policy = change.spec.string("restartPolicy")
        let sidecars = Set(
            change.spec.objects("initContainers").filter { $0.string("restartPolicy") == "Always" }.map { $0.string("name") })
        // A container may have a say of its own in whether it is started again.
        let own = Set(change.spec.objects("containers").filter { $0.present("restartPolicy") != nil }.map { $0.string("name") })
        for (list, policy) in [("containerStatuses", policy), ("initContainerStatuses", policy), ("ephemeralContainerStatuses", "Never")]
        where policy != "Always" {
            let alive = Set(
                change.status.objects(list).filter { $0.object("state")?.object("terminated") == nil }.map { $0.string("name") })
            for (index, before) in old.objects(list).enumerated() {
                guard let end = before.object("state")?.object("terminated"), !sidecars.union(own).contains(before.string("name")) else {
                    continue
                }
                if policy == "OnFailure", end.int("exitCode") ?? 0 != 0 { continue }
                if alive.contains(before.string("name")) {
                    errors.forbidden(.status[list][index]["state"], "may not be transitioned to non-terminated state")
                }
            }
        }
    }

    private static func addresses(_ all: [String], _ value: JSONValue?, at path: FieldPath, _ errors: inout [FieldError]) {
        for (index, address) in all.enumerated() where !AddressRules.isIP(address) {
            errors.invalid(path[index], .string(address), AddressRules.message)
        }
        guard all.count > 1 else { return }
        if all.count > 2 || Set(all.map { IPAddress($0)?.isVersion6 }).count < 2 {
            errors.invalid(path, value, "may specify no more than one IP for each IP family")
        }
        var seen: Set<String> = []
        for (index, address) in all.enumerated() where !seen.insert(address).inserted {
            errors.append(.duplicate(path[index], ["ip": .string(address)]))
        }
    }
}
