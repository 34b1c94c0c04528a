import KubernetesModel

/// Forgets events an hour after they were last written.
struct EventExpiry: Controller {
    let name = "event-expiry"
    let watches = [Resource.events]
    private static let life = Duration.seconds(3600)

    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey] {
        change.kind == .added ? own(change) : []
    }

    func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation {
        guard let event = view.get(key.resource, key.key) else { return .done }
        let times = [
            event["lastTimestamp"], event["series"]?["lastObservedTime"], event["deprecatedLastTimestamp"],
            event["metadata"]?["creationTimestamp"],
        ]
        let last = times.compactMap { $0?.stringValue.flatMap(KubernetesTime.parse) }.max() ?? now
        let rest = now.duration(to: last + Self.life)
        return rest <= .zero ? Reconciliation(writes: [.delete(key.resource, key.key)]) : Reconciliation(wakeAfter: rest)
    }
}
