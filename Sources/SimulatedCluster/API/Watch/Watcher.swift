import KubernetesModel

/// One client's view of a stream of changes.
final class Watcher {
    typealias Encoding = (WatchEvent, WatchEncoder, Bool) -> HeldBytes.Piece

    let channel: ByteChannel
    var end: Timeline.Appointment?
    var bookmark: Timeline.Appointment?
    private let selection: Selection
    private let encoder: WatchEncoder
    private var isHeaded: Bool

    /// - Parameter isHeaded: false when the channel begins with events.
    init(channel: ByteChannel, selection: Selection, encoder: WatchEncoder, isHeaded: Bool) {
        self.channel = channel
        self.selection = selection
        self.encoder = encoder
        self.isHeaded = isHeaded
    }

    /// Passes on a change.
    /// - Returns: false when nobody listens any more.
    @discardableResult
    func note(_ change: StoreChange, encoding: Encoding) -> Bool {
        guard let event = selection.event(of: change) else { return !channel.isFinished }
        defer { isHeaded = false }
        return channel.send(encoding(event, encoder, isHeaded))
    }

    func sendBookmark(revision: Int, endsInitialEvents: Bool) {
        channel.send(encoder.bookmark(revision: revision, endsInitialEvents: endsInitialEvents))
    }
}

extension Selection {
    /// A change as it looks through the selection, where what starts to match was added and what stops to match is gone.
    func event(of change: StoreChange) -> WatchEvent? {
        let isMatch = change.kind != .deleted && matches(change.object)
        let wasMatch = change.previous.map(matches) ?? false
        switch (wasMatch, isMatch) {
        case (false, false): return nil
        case (false, true): return WatchEvent(type: .added, object: change.object, from: nil)
        case (true, true): return WatchEvent(type: .modified, object: change.object, from: nil)
        case (true, false):
            // What left the selection is shown as it was while it matched.
            let last = change.kind == .deleted ? change.object : change.previous ?? change.object
            return WatchEvent(type: .deleted, object: last, from: change.revision)
        }
    }
}
