import KubernetesModel

/// Refuses pods of a runtime class that is not there, and adds what the class asks for.
struct RuntimeClassAdmission: AdmissionPlugin {
    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isCreation(of: "pods") else { return }
        let name = object.json.object("spec")?.string("runtimeClassName") ?? ""
        guard !name.isEmpty else {
            guard object.json.object("spec")?.object("overhead")?.isEmpty ?? true else {
                throw context.forbidden("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
            }
            return
        }
        guard let runtime = context.get("runtimeclasses", group: "node.k8s.io", name) else {
            throw context.forbidden("pod rejected: RuntimeClass \"\(name)\" not found")
        }
        let scheduling = runtime.json.object("scheduling") ?? [:]
        let selector = scheduling.object("nodeSelector") ?? [:]
        let present = object.json.object("spec")?.object("nodeSelector") ?? [:]
        if let key = selector.keys.first(where: { present[$0] != nil && present[$0] != selector[$0] }) {
            throw context.forbidden("pod rejected: conflict: runtimeClass.scheduling.nodeSelector[\(key)]")
        }
        object.json.modify("spec") { spec in
            if let overhead = runtime["overhead"]?["podFixed"] { spec["overhead"] = overhead }
            if !selector.isEmpty {
                spec.modifyOrCreate("nodeSelector") { map in
                    for (key, value) in selector { map[key] = value }
                }
            }
            for toleration in scheduling["tolerations"]?.arrayValue ?? [] { spec.append(toleration, to: "tolerations") }
        }
    }
}
