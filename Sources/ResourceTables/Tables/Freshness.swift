package import KubernetesClient
package import KubernetesModel

/// How far what a reflector tells can be trusted, followed from event to event.
package struct Freshness: Sendable {
    package private(set) var state = TableState.loading(loaded: 0, total: nil)
    /// When something was told last.
    private var lastContact: Instant
    private var isListing = false
    /// Whether a list has come to its end: what is not known is not there.
    package private(set) var isComplete = false

    package init(at now: Instant) {
        lastContact = now
    }

    /// - Parameter count: how many objects are known after the event.
    package mutating func take(_ event: ReflectorEvent, count: Int, at now: Instant) {
        switch event {
        case .restarting:
            isListing = true
            if count == 0 { state = .loading(loaded: 0, total: nil) }
        case .progress(let loaded, let remaining):
            if case .loading = state { state = .loading(loaded: loaded, total: remaining.map { loaded + $0 }) }
        case .ready:
            isListing = false
            isComplete = true
            state = .live
        case .recovered: state = isListing ? .loading(loaded: count, total: nil) : .live
        case .degraded(let error, _):
            state = TableState(error, lastContact: lastContact)
            return
        case .initial, .applied, .deleted: break
        }
        lastContact = now
    }
}
