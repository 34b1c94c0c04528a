import KubernetesModel

/// A Deployment whose size was changed: its ReplicaSets follow in proportion before a rollout goes on.
extension Rollout {
    private var active: [KubernetesObject] { sets.filter { Self.size(of: $0) > 0 } }

    private static func annotated(_ key: String, of set: KubernetesObject) -> Int? {
        set.metadata.annotations["deployment.kubernetes.io/\(key)"].flatMap { Int($0) }
    }

    var isBeingScaled: Bool {
        active.contains { set in Self.annotated("desired-replicas", of: set).map { $0 != replicas } ?? false }
    }

    /// What the new size means for each ReplicaSet. Those that keep their size are named too: they note the new one.
    var scalesToSize: [Scale] {
        let active = active
        if active.count <= 1 {
            guard let only = active.first ?? newSet ?? sets.last else { return [] }
            return Self.size(of: only) == replicas && Self.annotated("desired-replicas", of: only) == replicas
                ? [] : [Scale(set: only, replicas: replicas)]
        }
        guard !isRecreating else { return [] }
        return proportional(active)
    }

    private func proportional(_ active: [KubernetesObject]) -> [Scale] {
        let allowed = replicas > 0 ? replicas + maximumSurge : 0
        let toAdd = allowed - active.map(Self.size).reduce(0, +)
        // The largest gets what rounding leaves over; of equal ones the newest when growing, the oldest when shrinking.
        let order = active.enumerated().sorted { left, right in
            let sizes = (Self.size(of: left.element), Self.size(of: right.element))
            return sizes.0 == sizes.1 ? (toAdd > 0) == (left.offset > right.offset) : sizes.0 > sizes.1
        }.map(\.element)
        var added = 0
        var scales = order.map { set -> Scale in
            let size = Self.size(of: set)
            let change = toAdd == 0 ? 0 : share(of: set, allowed: allowed, rest: toAdd - added, grows: toAdd > 0)
            added += change
            return Scale(set: set, replicas: size + change)
        }
        if !scales.isEmpty { scales[0].replicas = max(0, scales[0].replicas + toAdd - added) }
        return scales
    }

    private func share(of set: KubernetesObject, allowed: Int, rest: Int, grows: Bool) -> Int {
        let size = Self.size(of: set)
        guard replicas > 0 else { return -size }
        let before = max(Self.annotated("max-replicas", of: set) ?? allowed, 1)
        let fraction = Int((Double(size) * Double(allowed) / Double(before)).rounded()) - size
        return grows ? min(fraction, rest) : max(fraction, rest)
    }
}
