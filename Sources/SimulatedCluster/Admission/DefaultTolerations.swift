import KubernetesModel

/// Lets pods stay five minutes on a node that is not ready or not reachable, unless they say otherwise.
struct DefaultTolerations: AdmissionPlugin {
    private static let keys = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]

    func mutate(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isCreation(of: "pods") else { return }
        let present = object.json.object("spec")?.objects("tolerations") ?? []
        let missing = Self.keys.filter { key in
            !present.contains { toleration in
                ["", key].contains(toleration.string("key")) && ["", "NoExecute"].contains(toleration.string("effect"))
            }
        }
        object.json.modify("spec") { spec in
            for key in missing {
                let toleration: JSONValue = [
                    "key": .string(key), "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300,
                ]
                spec.append(toleration, to: "tolerations")
            }
        }
    }
}
