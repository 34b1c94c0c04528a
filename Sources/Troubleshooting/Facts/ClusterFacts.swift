package import KubernetesModel
package import KubernetesSemantics

/// The snapshot that rules judge: compact facts, and what could not be read and why.
package struct ClusterFacts: Sendable {
    /// A resource that could not be read.
    package struct Unread: Sendable, Hashable {
        package var resource: String
        /// Nil when it was about all namespaces.
        package var namespace: String?
        package var reason: String
        /// The one namespace in which it could be read; nil where it could be in none.
        package var onlyNamespace: String?
    }

    package struct Class: Sendable, Hashable {
        package var binding: BindingClass
        package var parameters: JSONValue?
        package var allowsExpansion: Bool?
        package var reclaimPolicy: String?
    }

    package struct LogExcerpt: Sendable, Hashable {
        package var container: String
        package var timestamp: String?
        package var text: String
        package var signal: LogSignal?
    }

    package var takenAt: Instant
    package var namespaces: [String: [String: String]] = [:]
    var podIndex = PodIndex()
    /// By kind and key, as an owner reference finds them.
    package var workloads: [WorkloadKey: WorkloadFacts] = [:]
    package var services: [ObjectKey: RoutedService] = [:]
    /// By the slice's own key.
    package var slices: [ObjectKey: RoutedEndpoints] = [:]
    package var policies: [ObjectKey: PolicyFacts] = [:]
    package var claims: [ObjectKey: BindableClaim] = [:]
    package var volumes: [String: BindableVolume] = [:]
    package var classes: [String: Class] = [:]
    /// By the event's own key.
    package var events: [ObjectKey: EventFacts] = [:]
    package var logs: [ObjectKey: [LogExcerpt]] = [:]
    package var unread: [Unread] = []

    package init(takenAt: Instant) {
        self.takenAt = takenAt
    }

    package var pods: [ObjectKey: PodFacts] { podIndex.byKey }
    /// By namespace and name.
    package var sortedPods: [PodFacts] { podIndex.inOrder }

    /// Whether a rule may conclude from something not being there.
    package func knowsAll(_ resource: String) -> Bool {
        !unread.contains { $0.resource == resource }
    }

    package func events(about object: ObjectReference) -> [EventFacts] {
        events.filter { $0.value.object.isSame(as: object) }.sorted { $0.key < $1.key }.map(\.value)
    }
}

package struct WorkloadKey: Sendable, Hashable {
    package var kind: String
    package var key: ObjectKey
}

package struct PolicyFacts: Sendable, Hashable {
    package var rules: NetworkPolicyRules
    package var reference: ObjectReference
    /// The policy as it is: few, small, and quoted as evidence.
    package var object: KubernetesObject

    package init(_ object: KubernetesObject) {
        rules = NetworkPolicyRules(object)
        reference = object.reference
        self.object = object.compacted()
    }
}
