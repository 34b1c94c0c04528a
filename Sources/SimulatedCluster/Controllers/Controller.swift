package import KubernetesModel

/// Drives one part of the cluster towards what its objects ask for.
///
/// A pure reducer: it is told what changed, reads the cluster as it is, and says what to write and when to ask again. Work
/// follows changes, not the size of the cluster.
package protocol Controller {
    /// Under which it writes and reports events, such as `deployment-controller`.
    var name: String { get }
    /// The resources whose changes it is told.
    var watches: [GroupResource] { get }
    /// Whether it is told changes of a resource; those that it `watches`, unless it says otherwise.
    func isInterested(in resource: GroupResource) -> Bool
    /// For how long changes of others than the first of these may gather before they are looked at together.
    var patience: Duration { get }
    /// The objects to look at because of a change.
    func workKeys(for change: StoreChange, in view: ClusterView) -> [WorkKey]
    mutating func reconcile(_ key: WorkKey, in view: ClusterView, at now: Instant) -> Reconciliation
    /// What to write because the API refused a write of `reconcile`, such as an event; the key is tried again in any case.
    func refused(_ error: StatusError, _ write: Write, for key: WorkKey, in view: ClusterView, at now: Instant) -> [Write]
}

extension Controller {
    package var patience: Duration { .zero }

    package func isInterested(in resource: GroupResource) -> Bool { watches.contains(resource) }

    package func refused(_ error: StatusError, _ write: Write, for key: WorkKey, in view: ClusterView, at now: Instant) -> [Write] {
        []
    }
}

/// One object that a controller has to look at.
package struct WorkKey: Sendable, Hashable {
    package var resource: GroupResource
    package var key: ObjectKey

    package init(_ resource: GroupResource, _ key: ObjectKey) {
        self.resource = resource
        self.key = key
    }
}

/// What follows from looking at an object.
package struct Reconciliation: Sendable {
    package var writes: [Write]
    /// Looks at the object again after this time, even if nothing changes until then.
    package var wakeAfter: Duration?

    package init(writes: [Write] = [], wakeAfter: Duration? = nil) {
        self.writes = writes
        self.wakeAfter = wakeAfter
    }

    package static let done = Reconciliation()
}
