import KubernetesModel

/// Refuses what would exceed a resource quota of its namespace.
///
/// A server trusts the usage in the quota's status, which it charges itself; here the usage is counted from the objects that
/// are there, which is the same and never late.
struct QuotaAdmission: AdmissionPlugin {
    func check(_ object: KubernetesObject, replacing old: KubernetesObject?, in context: WriteContext) throws(StatusError) {
        guard context.subresource == nil, context.key.namespace != nil, context.operation != .delete else { return }
        let quotas = context.neighbours("resourcequotas")
        guard !quotas.isEmpty else { return }
        let usage = QuotaUsage.of(object, resource: context.groupResource)
        let before = old.map { QuotaUsage.of($0, resource: context.groupResource) } ?? [:]
        for quota in quotas where QuotaUsage.applies(quota, to: object, resource: context.groupResource) {
            try check(quota, object, usage, before, in: context)
        }
    }

    private func check(
        _ quota: KubernetesObject, _ object: KubernetesObject, _ usage: [String: Quantity], _ before: [String: Quantity],
        in context: WriteContext
    ) throws(StatusError) {
        let hard = (quota.json.object("spec") ?? [:]).quantities("hard")
        if context.isCreation(of: "pods"), let missing = QuotaUsage.missing(in: object, for: hard) {
            throw context.forbidden("failed quota: \(quota.name): must specify \(missing)")
        }
        let growth = usage.filter { name, amount in hard[name] != nil && before[name, default: .zero] < amount }
            .reduce(into: [String: Quantity]()) { $0[$1.key] = $1.value - before[$1.key, default: .zero] }
        guard !growth.isEmpty else { return }
        let used = QuotaUsage.total(for: quota, in: context.view)
        let exceeded = growth.filter { name, amount in
            hard[name].map { $0 < used[name, default: .zero] + amount } ?? false
        }
        guard !exceeded.isEmpty else { return }
        let names = exceeded.keys.sorted()
        func list(_ amounts: [String: Quantity]) -> String {
            names.map { "\($0)=\(amounts[$0, default: .zero])" }.joined(separator: ",")
        }
        throw context.forbidden(
            "exceeded quota: \(quota.name), requested: \(list(exceeded)), used: \(list(used)), limited: \(list(hard))"
        )
    }
}
