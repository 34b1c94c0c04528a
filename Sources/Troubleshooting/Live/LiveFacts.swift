package import KubernetesClient
package import KubernetesModel

/// Facts that follow a cluster by what reflectors tell.
package struct LiveFacts: Sendable {
    package private(set) var facts: ClusterFacts
    /// The resources of which a list is coming in, and what it has named so far.
    private var named: [GroupVersionResource: Set<ObjectKey>] = [:]
    private var awaited: Set<GroupVersionResource>

    package init(takenAt: Instant, resources: [GroupVersionResource] = ClusterFacts.resources) {
        facts = ClusterFacts(takenAt: takenAt)
        awaited = Set(resources)
    }

    /// Whether every resource has been read, or could not be.
    package var isComplete: Bool { awaited.isEmpty }

    /// What one namespace tells of a resource that may not be read in all: no more can be concluded from what is not there.
    /// - Returns: whether anything that rules look at has changed.
    package mutating func takePart(_ event: ReflectorEvent, of resource: GroupVersionResource, in namespace: String) -> Bool {
        switch event {
        case .restarting, .initial, .applied, .deleted: return take(event, of: resource)
        case .ready:
            forgetUnnamed(resource)
            for index in facts.unread.indices where facts.unread[index].resource == resource.resource {
                facts.unread[index].onlyNamespace = namespace
            }
            return true
        case .degraded, .recovered, .progress: return false
        }
    }

    /// - Returns: whether anything that rules look at has changed.
    package mutating func take(_ event: ReflectorEvent, of resource: GroupVersionResource) -> Bool {
        switch event {
        case .restarting:
            named[resource] = []
            return false
        case .initial(let object), .applied(let object):
            named[resource]?.insert(object.key)
            return facts.insert(object, of: resource)
        case .deleted(let object): return facts.remove(object.key, of: resource)
        case .ready: becomeReady(resource)
        case .degraded(let error, _): return note(error, of: resource)
        case .recovered: facts.unread.removeAll { $0.resource == resource.resource }
        case .progress: return false
        }
        return true
    }

    package mutating func look(at instant: Instant) {
        facts.takenAt = instant
    }

    private mutating func becomeReady(_ resource: GroupVersionResource) {
        forgetUnnamed(resource)
        facts.unread.removeAll { $0.resource == resource.resource }
        awaited.remove(resource)
    }

    private mutating func forgetUnnamed(_ resource: GroupVersionResource) {
        guard let named = named.removeValue(forKey: resource) else { return }
        for key in facts.keys(of: resource) where !named.contains(key) { facts.remove(key, of: resource) }
    }

    /// What cannot be listed is not waited for. A connection that was lost leaves the facts as they were.
    private mutating func note(_ error: ClientError, of resource: GroupVersionResource) -> Bool {
        guard awaited.contains(resource), error.statusCode != nil else { return false }
        awaited.remove(resource)
        if !error.isNotFound, facts.knowsAll(resource.resource) {
            facts.unread.append(ClusterFacts.Unread(resource: resource.resource, error))
        }
        return true
    }
}
