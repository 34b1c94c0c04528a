import KubernetesModel
import KubernetesSemantics

/// Creating a StorageClass that claims ask for.
enum ClassRemedy {
    private static let resource = GroupVersionResource(group: "storage.k8s.io", resource: "storageclasses")

    /// A claim's class cannot be changed, and deleting claims is no fix: the class is what is missing.
    static func creating(_ name: String, for claim: BindableClaim, _ facts: ClusterFacts) -> Remedy {
        guard let model = model(facts) else {
            return Remedy(
                summary: "Create StorageClass \(name), with the provisioner that the cluster is to use", risk: .careful, change: nil,
                commands: ["kubectl create -f \(ShellWord.quoted("\(name)-storageclass.yaml"))"]
            )
        }
        let object = storageClass(name, like: model)
        let document = ShellWord.quoted(VisibleText.json(object.value.description))
        return Remedy(
            summary: "Create StorageClass \(name) with the settings of \(model.binding.name); or create claim \(claim.key) anew"
                + " with class \(model.binding.name)",
            risk: .careful,
            change: Remedy.Change(object: object.reference, resource: resource, content: .apply(object)),
            commands: ["kubectl apply -f - <<< \(document)"]
        )
    }

    /// The class that claims get by default, else the first by name that provisions.
    private static func model(_ facts: ClusterFacts) -> ClusterFacts.Class? {
        if let standard = BindingClass.defaultClass(of: facts.classes.values.map(\.binding)) { return facts.classes[standard.name] }
        return facts.classes.values.filter { $0.binding.provisioner != BindingClass.noProvisioner }
            .min { $0.binding.name < $1.binding.name }
    }

    private static func storageClass(_ name: String, like model: ClusterFacts.Class) -> KubernetesObject {
        var json: JSONObject = [
            "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": ["name": .string(name)],
            "provisioner": .string(model.binding.provisioner),
        ]
        json["parameters"] = model.parameters
        json["reclaimPolicy"] = model.reclaimPolicy.map(JSONValue.string)
        json["volumeBindingMode"] = model.binding.waitsForConsumer ? "WaitForFirstConsumer" : "Immediate"
        json["allowVolumeExpansion"] = model.allowsExpansion.map { .bool($0) }
        return KubernetesObject(json)
    }
}
