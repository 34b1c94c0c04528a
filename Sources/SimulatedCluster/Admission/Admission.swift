import KubernetesModel

/// Changes and refuses writes by the state of the cluster: the plugins that an API server runs unless it is told otherwise, in its order,
/// and the allocator of Service addresses.
struct Admission {
    private let services: ServiceAllocator
    private let plugins: [any AdmissionPlugin]

    init(services: ServiceAllocator, roles: RoleCatalog) {
        self.services = services
        plugins = [
            NamespaceProtection(), LimitRanger(), ServiceAccountAdmission(), PodSecurityAdmission(), PodPriority(),
            DefaultTolerations(), DefaultStorageClass(), ClaimExpansion(), RuntimeClassAdmission(), RoleEscalation(roles: roles),
            CertificateAdmission(roles: roles), PolicyAdmission(), QuotaAdmission(),
        ]
    }

    /// Before validation; `object` is nil for deletions.
    func admit(_ object: inout KubernetesObject?, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard var admitted = object else {
            guard let old else { return }
            for plugin in plugins { try plugin.checkDeletion(of: old, in: context) }
            return
        }
        for plugin in plugins { try plugin.mutate(&admitted, replacing: old, in: context) }
        if context.isWhole("services") { ServiceAddresses.normalize(&admitted, replacing: old) }
        object = admitted
    }

    /// After validation, before the object is stored: addresses and ports are given out here, quotas are charged.
    func finish(_ object: inout KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        for plugin in plugins { try plugin.check(object, replacing: old, in: context) }
        if context.isWhole("services") { try services.allocate(for: &object, replacing: old, in: context) }
    }
}
