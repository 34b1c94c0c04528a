import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables

/// What pulse keeps of an object.
nonisolated struct PulseFact: Sendable {
    let isFault: Bool
    /// Of a Service whether something should answer behind it.
    let wantsEndpoints: Bool
    /// Of an EndpointSlice whose endpoints it has, and how many of them are ready.
    let endpoints: (service: ObjectKey, ready: Int)?

    init(_ object: KubernetesObject) {
        isFault = Health.of(object).isFault
        wantsEndpoints = object.kind == "Service" && object.spec["selector"]?.objectValue?.isEmpty == false
        endpoints = EndpointTally.count(in: object).map { ($0.service, $0.count.ready) }
    }
}

/// How many objects of a kind there are, and how many of them are not well.
nonisolated struct PulseTally: Sendable, Hashable {
    let total: Int
    let faults: Int

    /// Counted beside the main loop.
    /// - Parameters:
    ///   - endpoints: the slices, which alone tell of Services whether anything answers.
    ///   - namespaces: those that are looked at.
    /// - Returns: nil for kinds of which nothing is known.
    @concurrent static func all(
        of scopes: [ReflectorScope], endpoints: ReflectorScope, in namespaces: NamespaceChoice,
        _ mirrors: [ReflectorScope: Mirror<PulseFact>]
    ) async -> [PulseTally?] {
        var ready: [ObjectKey: Int]?
        if let slices = mirrors[endpoints], slices.isComplete {
            ready = slices.values.values.compactMap(\.endpoints).reduce(into: [:]) { $0[$1.service, default: 0] += $1.ready }
        }
        return scopes.map { scope in
            guard let mirror = mirrors[scope], mirror.isComplete else { return nil }
            // Without their endpoints Services would all look well.
            if ready == nil, mirror.values.values.contains(where: \.wantsEndpoints) { return nil }
            let counted = mirror.values.lazy.filter { namespaces.contains($0.key.namespace) }
            let faults = counted.count { key, fact in
                fact.isFault || fact.wantsEndpoints && ready?[key, default: 0] == 0
            }
            return PulseTally(total: counted.count, faults: faults)
        }
    }
}
