import KubernetesModel

/// Tells watchers what changed. An event is encoded once for all who ask for the same form.
final class WatchHub {
    private let parts: ClusterParts
    private var watchers: [GroupResource: [Watcher]] = [:]
    private var encoded: [WatchEvent: [UInt8]] = [:]

    init(_ parts: ClusterParts) {
        self.parts = parts
        parts.store.observe { [weak self] in self?.publish($0) }
    }

    /// Starts a watch: with what is there, or with what happened since a revision, and then live.
    func open(_ resource: APIResource, options: ListOptions, form: ResponseForm) -> APIResponse {
        let channel = ByteChannel()
        let objectForm = ObjectForm(
            resource: resource, custom: parts.registry.custom(resource.gvr), shape: form.shape, now: parts.timeline.now
        )
        let watcher = Watcher(channel: channel, selection: options.selection, encoder: WatchEncoder(form: objectForm))
        if begin(watcher, storage: parts.registry.storage(of: resource.groupResource), options: options) {
            add(watcher, storage: parts.registry.storage(of: resource.groupResource), options: options)
        } else {
            channel.finish()
        }
        return APIResponse(status: 200, headers: [("content-type", "application/json")], body: .stream(channel))
    }

    /// - Returns: false when the watch is over before it began, because the past it asks for is forgotten.
    private func begin(_ watcher: Watcher, storage: GroupResource, options: ListOptions) -> Bool {
        let revision = UInt64(options.resourceVersion).map { Int(clamping: $0) } ?? 0
        let wantsPresent = options.sendInitialEvents ?? (revision == 0)
        if wantsPresent {
            parts.store.forEach(storage, namespace: options.selection.namespace) { object in
                if options.selection.matches(object) { watcher.send(WatchEvent(type: .added, object: object, from: nil), encoding: nil) }
                return true
            }
            if options.sendInitialEvents == true, options.allowsBookmarks {
                watcher.sendBookmark(revision: parts.store.revision, endsInitialEvents: true)
            }
            return true
        }
        guard revision > 0 else { return true }
        // A version that is not reached yet is one of the run before, after which everything was counted anew.
        guard revision <= parts.store.revision, let changes = parts.store.changes(since: revision) else {
            watcher.sendError(.expired("too old resource version: \(revision) (\(parts.store.compactedRevision))"))
            return false
        }
        for change in changes where change.resource == storage { watcher.note(change, encoding: nil) }
        return true
    }

    private func add(_ watcher: Watcher, storage: GroupResource, options: ListOptions) {
        watchers[storage, default: []].append(watcher)
        let seconds = options.timeoutSeconds.flatMap { $0 > 0 ? $0 : nil } ?? 1800 + parts.random.next(below: 1800)
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
        encoded.removeAll(keepingCapacity: true)
        for watcher in interested where !watcher.note(change, encoding: encodeOnce) { remove(watcher, storage: change.resource) }
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

    private func encodeOnce(_ event: WatchEvent, _ encoder: WatchEncoder, isHeaded: Bool) -> [UInt8] {
        var key = event
        key.form = WatchEvent.Form(gvr: encoder.form.resource.gvr, shape: encoder.form.shape, isHeaded: isHeaded)
        if let bytes = encoded[key] { return bytes }
        let bytes = encoder.encode(event, isHeaded: isHeaded, now: parts.timeline.now)
        encoded[key] = bytes
        return bytes
    }

    private func remove(_ watcher: Watcher, storage: GroupResource) {
        watchers[storage]?.removeAll { $0 === watcher }
        for appointment in [watcher.end, watcher.bookmark].compactMap(\.self) { parts.timeline.cancel(appointment) }
    }
}
