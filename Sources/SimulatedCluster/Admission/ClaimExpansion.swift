import KubernetesModel

/// A bound claim may grow if its class lets it.
struct ClaimExpansion: AdmissionPlugin {
    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.isWhole("persistentvolumeclaims"), let old, let size = Self.size(of: object), let before = Self.size(of: old),
            before < size
        else { return }
        guard old.status["phase"]?.stringValue == "Bound" else {
            throw context.forbidden("Only bound persistent volume claims can be expanded")
        }
        let name = object.json.object("spec")?.string("storageClassName") ?? ""
        let storageClass = name.isEmpty ? nil : context.get("storageclasses", group: "storage.k8s.io", name)
        guard storageClass?["allowVolumeExpansion"]?.boolValue == true else {
            throw context.forbidden(
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize"
            )
        }
    }

    private static func size(of claim: KubernetesObject) -> Quantity? {
        Quantity(claim.spec["resources"]?["requests"]?["storage"])
    }
}
