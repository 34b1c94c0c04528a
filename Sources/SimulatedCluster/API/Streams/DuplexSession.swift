/// A conversation in messages: what exec, attach and port-forward speak over a WebSocket.
///
/// What the cluster says lies in `outbound`; what the client says is handed to `SimulatedCluster.receive`, so that it takes
/// effect at a point of the cluster's own time.
package final class DuplexSession: Sendable {
    package let outbound = MessageChannel()
    package let intake = SessionIntake()

    package init() {}
}

/// What happens at the client's end of a session.
package enum SessionInput: Sendable {
    case message([UInt8])
    /// It has taken what was waiting for it, where there was no room for more.
    case drained
    case closed
}

/// The open sessions, and who in the cluster hears what their clients say.
package final class SessionTable {
    private struct Entry {
        let session: DuplexSession
        let receive: (SessionInput) -> Void
    }

    private var entries: [ObjectIdentifier: Entry] = [:]

    package init() {}

    func open(_ session: DuplexSession, receive: @escaping (SessionInput) -> Void) {
        entries[ObjectIdentifier(session)] = Entry(session: session, receive: receive)
    }

    func deliver(_ input: SessionInput, to session: DuplexSession) {
        let id = ObjectIdentifier(session)
        guard let entry = entries[id] else { return }
        if case .closed = input { entries[id] = nil }
        entry.receive(input)
    }

    /// Ends all sessions without asking anybody.
    func finishAll() {
        for entry in entries.values { entry.session.outbound.finish() }
        entries = [:]
    }
}
