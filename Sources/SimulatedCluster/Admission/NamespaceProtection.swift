import KubernetesModel

/// The namespaces that every cluster needs stay.
struct NamespaceProtection: AdmissionPlugin {
    private static let immortal: Set = ["default", "kube-system", "kube-public"]

    func checkDeletion(of old: KubernetesObject, in context: WriteContext) throws(StatusError) {
        guard context.isWhole("namespaces"), Self.immortal.contains(old.name) else { return }
        throw context.forbidden("this namespace may not be deleted")
    }
}
