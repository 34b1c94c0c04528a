import KubernetesModel

/// One who comes to follow a scope that is watched already: it is told by a list of its own what exists, and from there on by the watch
/// of the others. What that tells meanwhile waits; while much waits, the others wait too.
struct Latecomer: Sendable {
    /// What the watch tells.
    let waiting = BatchChannel<ReflectorEvent>(capacity: ReflectorStream.capacity)
    /// What the latecomer reads.
    let channel: BatchChannel<ReflectorEvent>

    /// Returns when nobody reads any longer, or the watch has ended.
    /// - Parameter list: tells an audience what exists, and returns its version.
    /// - Returns: false when the list can't be told.
    func run(list: @Sendable (ReflectorAudience) async -> String?) async -> Bool {
        guard let version = await list(ReflectorAudience([channel])) else { return false }
        var news = EventsAfterList(version: version)
        while let batch = await waiting.next() {
            guard await channel.send(batch.compactMap { news.told($0) }) else { return true }
        }
        channel.finish()
        return true
    }
}

/// What of a watch's events is new to one who has read a list that was made while they came.
struct EventsAfterList: Sendable {
    /// Nil when all is new from now on, or the versions can't be compared: an older state is followed by the newer ones then.
    private var version: UInt64?
    /// Whether the watch has begun anew, so that it tells everything.
    private var hasRestarted = false

    init(version: String) {
        self.version = UInt64(version)
    }

    /// The event as it is to be told; nil when the list has told as much.
    mutating func told(_ event: ReflectorEvent) -> ReflectorEvent? {
        if hasRestarted { return event }
        switch event {
        case .restarting:
            hasRestarted = true
            return event
        // The end of a list that the latecomer has not read the beginning of.
        case .progress, .ready: return nil
        case .initial(let object): return isNew(object) ? .applied(object) : nil
        case .applied(let object), .deleted(let object):
            guard isNew(object) else { return nil }
            // A watch tells in the order of versions.
            version = nil
            return event
        case .degraded, .recovered: return event
        }
    }

    private func isNew(_ object: KubernetesObject) -> Bool {
        guard let version, let own = UInt64(object.metadata.resourceVersion) else { return true }
        return own > version
    }
}
