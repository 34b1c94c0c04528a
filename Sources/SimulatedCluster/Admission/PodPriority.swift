import KubernetesModel

/// Turns the name of a priority class into the number that the scheduler goes by.
struct PodPriority: AdmissionPlugin {
    private static let classes = GroupResource(group: "scheduling.k8s.io", resource: "priorityclasses")

    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isCreation(of: "pods") else { return }
        let spec = object.json.object("spec") ?? [:]
        let name = spec.string("priorityClassName")
        let priorityClass = name.isEmpty ? Self.standard(in: context) : context.view.get(Self.classes, ObjectKey(name: name))
        if !name.isEmpty, priorityClass == nil { throw context.forbidden("no PriorityClass with name \(name) was found") }
        let priority = priorityClass?["value"]?.intValue ?? 0
        if let given = spec.int("priority"), given != priority {
            throw context.forbidden(
                "the integer value of priority (\(given)) must not be provided in pod spec; "
                    + "priority admission controller computed \(priority) from the given PriorityClass name"
            )
        }
        let policy = priorityClass?["preemptionPolicy"]?.stringValue ?? "PreemptLowerPriority"
        if spec.present("preemptionPolicy") != nil, spec.string("preemptionPolicy") != policy {
            throw context.forbidden(
                "the string value of PreemptionPolicy (\(spec.string("preemptionPolicy"))) must not be provided in pod spec; "
                    + "priority admission controller computed \(policy) from the given PriorityClass name"
            )
        }
        object.json.modify("spec") { spec in
            if let priorityClass { spec["priorityClassName"] = .string(priorityClass.name) }
            spec["priority"] = JSONValue(priority)
            spec["preemptionPolicy"] = .string(policy)
        }
    }

    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isWhole("priorityclasses", group: Self.classes.group), object.json.bool("globalDefault") else { return }
        guard let present = Self.standard(in: context), present.name != object.name else { return }
        throw context.forbidden("PriorityClass \(present.name) is already marked as default. Only one default can exist")
    }

    /// Of several defaults, which can't be made but can be found, the lowest counts.
    private static func standard(in context: WriteContext) -> KubernetesObject? {
        context.view.list(classes).filter { $0.json.bool("globalDefault") }
            .min { ($0["value"]?.intValue ?? 0) < ($1["value"]?.intValue ?? 0) }
    }
}
