import KubernetesModel

/// One client's view of a stream of changes.
final class Watcher {
    typealias Encoding = (WatchEvent, WatchEncoder, Bool) -> [UInt8]

    let channel: ByteChannel
    var end: Timeline.Appointment?
    var bookmark: Timeline.Appointment?
    private let selection: Selection
    private let encoder: WatchEncoder
    private var isHeaded = true

    init(channel: ByteChannel, selection: Selection, encoder: WatchEncoder) {
        self.channel = channel
        self.selection = selection
        self.encoder = encoder
    }

    /// Passes on a change, or what there was before the watch began, for which no encoding is given:
    /// as it looks through the selection, where what starts to match was added and what stops to match is gone.
    ///
    /// - Returns: false when nobody listens any more.
    @discardableResult
    func note(_ change: StoreChange, encoding: Encoding?) -> Bool {
        let matches = change.kind != .deleted && selection.matches(change.object)
        let matched = change.previous.map(selection.matches) ?? false
        switch (matched, matches) {
        case (false, false): return !channel.isFinished
        case (false, true): return send(WatchEvent(type: .added, object: change.object, from: nil), encoding: encoding)
        case (true, true): return send(WatchEvent(type: .modified, object: change.object, from: nil), encoding: encoding)
        case (true, false):
            // What left the selection is shown as it was while it matched.
            let last = change.kind == .deleted ? change.object : change.previous ?? change.object
            return send(WatchEvent(type: .deleted, object: last, from: change.revision), encoding: encoding)
        }
    }

    @discardableResult
    func send(_ event: WatchEvent, encoding: Encoding?) -> Bool {
        let headed = isHeaded
        isHeaded = false
        if let encoding { return channel.send(encoding(event, encoder, headed)) }
        channel.sendAhead(encoder.encode(event, isHeaded: headed, now: encoder.form.now))
        return true
    }

    func sendBookmark(revision: Int, endsInitialEvents: Bool) {
        channel.send(encoder.bookmark(revision: revision, endsInitialEvents: endsInitialEvents))
    }

    func sendError(_ error: StatusError) {
        channel.send(encoder.line(type: "ERROR", object: JSONWriter.compact(error.json)))
    }
}
