import KubernetesModel

/// Tells watchers what changed. An event is encoded once for all who ask for the same form.
final class WatchHub {
    private let parts: ClusterParts
    private var watchers: [GroupResource: [Watcher]] = [:]
    private var encoded: [Encoded: HeldBytes.Piece] = [:]
    /// For all watchers together.
    private let held = HeldBytes()
    private let limit: Int

    /// An event in the form that a watcher wants.
    private struct Encoded: Hashable {
        let event: WatchEvent
        let gvr: GroupVersionResource
        let shape: ResponseForm.Shape
        let isHeaded: Bool
    }

    /// - Parameter limit: how many bytes may be held for all watchers together. Then those who are farthest behind are cut off.
    init(_ parts: ClusterParts, limit: Int = 256 << 20) {
        self.parts = parts
        self.limit = limit
        parts.store.observe { [weak self] in self?.publish($0) }
    }

    /// Starts a watch: with what is there, or with what happened since a revision, and then live.
    func open(_ resource: APIResource, options: ListOptions, form: ResponseForm) -> APIResponse {
        let encoder = WatchEncoder(
            form: ObjectForm(resource: resource, custom: parts.registry.custom(resource.gvr), shape: form.shape, now: parts.timeline.now))
        let storage = parts.registry.storage(of: resource.groupResource)
        let channel: ByteChannel
        do throws(StatusError) {
            let events = try opening(of: storage, options)
            // What a watch begins with doesn't count against its reader.
            let opening = LazyBytes(events) { encoder.encode($1, isHeaded: $0 == 0, now: encoder.form.now) }
            channel = ByteChannel(opening: opening.take)
            let watcher = Watcher(channel: channel, selection: options.selection, encoder: encoder, isHeaded: events.isEmpty)
            if options.sendInitialEvents == true, options.allowsBookmarks {
                watcher.sendBookmark(revision: parts.store.revision, endsInitialEvents: true)
            }
            add(watcher, storage: storage, options: options)
        } catch {
            channel = ByteChannel()
            channel.send(encoder.line(type: "ERROR", object: JSONWriter.compact(error.json)))
            channel.finish()
        }
        return APIResponse(status: 200, headers: [("content-type", "application/json")], body: .stream(channel))
    }

    /// - Throws: when the past that is asked for is forgotten.
    private func opening(of storage: GroupResource, _ options: ListOptions) throws(StatusError) -> [WatchEvent] {
        let revision = UInt64(options.resourceVersion).map { Int(clamping: $0) } ?? 0
        if options.sendInitialEvents ?? (revision == 0) {
            var events: [WatchEvent] = []
            parts.store.forEach(storage, namespace: options.selection.namespace) { object in
                if options.selection.matches(object) { events.append(WatchEvent(type: .added, object: object, from: nil)) }
                return true
            }
            return events
        }
        guard revision > 0 else { return [] }
        // A version that is not reached yet is one of the run before, after which everything was counted anew.
        guard revision <= parts.store.revision, let changes = parts.store.changes(since: revision) else {
            throw .expired("too old resource version: \(revision) (\(parts.store.compactedRevision))")
        }
        return changes.filter { $0.resource == storage }.compactMap(options.selection.event)
    }

    private func add(_ watcher: Watcher, storage: GroupResource, options: ListOptions) {
        watchers[storage, default: []].append(watcher)
        let seconds = options.timeoutSeconds.flatMap { $0 == 0 ? nil : max(0, $0) } ?? 1800 + parts.random.next(below: 1800)
        let end = parts.timeline.now.advanced(by: .seconds(seconds))
        watcher.end = parts.timeline.schedule(at: end) { [weak self, weak watcher] in
            guard let self, let watcher else { return }
            watcher.channel.finish()
            remove(watcher, storage: storage)
        }
        if options.allowsBookmarks { scheduleBookmark(watcher, before: end) }
    }

    /// Every minute, and two seconds before the end.
    private func scheduleBookmark(_ watcher: Watcher, before end: Instant) {
        let now = parts.timeline.now
        let last = end.advanced(by: .seconds(-2))
        let next = min(now.advanced(by: .seconds(60)), last)
        guard next > now else { return }
        watcher.bookmark = parts.timeline.schedule(at: next) { [weak self, weak watcher] in
            guard let self, let watcher else { return }
            watcher.sendBookmark(revision: parts.store.revision, endsInitialEvents: false)
            scheduleBookmark(watcher, before: end)
        }
    }

    /// How many watches are open, by what they watch.
    var counts: [GroupResource: Int] {
        watchers.mapValues { $0.count { !$0.channel.isFinished } }.filter { $0.value > 0 }
    }

    private func publish(_ change: StoreChange) {
        if change.resource == CustomResources.definitions, change.kind == .deleted { endWatches(ofDefinition: change.key.name) }
        guard let interested = watchers[change.resource], !interested.isEmpty else { return }
        for watcher in interested where !watcher.note(change, encoding: encodeOnce) { remove(watcher, storage: change.resource) }
        encoded.removeAll(keepingCapacity: true)
        if held.count > limit { cutOffSlowest() }
    }

    private func cutOffSlowest() {
        let behind = watchers.values.joined().map { ($0.channel, $0.channel.pendingCount) }.sorted { $0.1 > $1.1 }
        for (channel, _) in behind where held.count > limit { channel.cutOff() }
    }

    /// - Parameter name: of a definition that is gone, which is the plural name and the group of what it defined.
    private func endWatches(ofDefinition name: String) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        let storage = GroupResource(group: parts.last ?? "", resource: parts.first ?? "")
        for watcher in watchers[storage] ?? [] {
            watcher.channel.finish()
            remove(watcher, storage: storage)
        }
    }

    private func encodeOnce(_ event: WatchEvent, _ encoder: WatchEncoder, isHeaded: Bool) -> HeldBytes.Piece {
        let form = encoder.form
        let key = Encoded(event: event, gvr: form.resource.gvr, shape: form.shape, isHeaded: isHeaded)
        if let piece = encoded[key] { return piece }
        let piece = HeldBytes.Piece(encoder.encode(event, isHeaded: isHeaded, now: parts.timeline.now), in: held)
        encoded[key] = piece
        return piece
    }

    private func remove(_ watcher: Watcher, storage: GroupResource) {
        watchers[storage]?.removeAll { $0 === watcher }
        for appointment in [watcher.end, watcher.bookmark].compactMap(\.self) { parts.timeline.cancel(appointment) }
    }
}
