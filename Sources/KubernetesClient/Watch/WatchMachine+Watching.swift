import KubernetesModel

extension WatchMachine {
    /// The server has accepted the watch.
    mutating func opened() -> Output {
        Output(events: announcements())
    }

    /// Lines of the watch, in order. Those after one that ends the watch are not looked at.
    mutating func received(_ events: [WatchEvent], now: Duration) -> Output {
        var output = Output()
        output.events.reserveCapacity(events.count)
        for event in events {
            output.step = receive(event, into: &output.events, now: now)
            if output.step != nil { return output }
        }
        if phase == .streamingList { output.events.append(.progress(loaded: list.loaded, remaining: nil)) }
        return output
    }

    /// The watch has ended as watches do: by the server, without an error.
    /// - Parameter lived: since it was opened.
    mutating func bodyEnded(lived: Duration, now: Duration) -> Output {
        if phase == .streamingList { return streamingListEnded(.closedEarly, now: now) }
        if lived >= .seconds(1) || eventsSeen > 0 {
            shortWatches = 0
            return Output(step: watch(from: lastVersion))
        }
        shortWatches += 1
        // The version may be what the server stumbles over.
        let next = shortWatches >= 3 ? fromTheStart() : watch(from: lastVersion)
        if shortWatches >= 3 { shortWatches = 0 }
        return wait(for: .closedEarly, then: next, now: now)
    }

    /// The watch was given up, because its connection may be dead, and goes on with another one.
    mutating func renewed() -> Output {
        Output(step: phase == .streamingList ? fromTheStart() : watch(from: lastVersion))
    }

    /// How long the connection may be silent before it counts as dead.
    func idleLimit(of request: WatchRequest) -> Duration {
        switch phase {
        case .streamingList: .seconds(30)
        case .watching where bookmarksSeen: .seconds(150)
        default: .seconds(request.timeoutSeconds + 10)
        }
    }

    private mutating func receive(_ event: WatchEvent, into events: inout [ReflectorEvent], now: Duration) -> Step? {
        switch event {
        case .added(let object), .modified(let object):
            changed(object, .applied(object), into: &events)
        case .deleted(let object):
            changed(object, .deleted(object), into: &events)
        case .bookmark(let version, let endsInitialEvents):
            return bookmark(version, endsInitialEvents, into: &events)
        case .error(let status):
            let output = failed(.init(.watch, cause: .status(status)), now: now)
            events += output.events
            return output.step
        case .unknown:
            break
        }
        return nil
    }

    private mutating func changed(_ object: KubernetesObject, _ change: ReflectorEvent, into events: inout [ReflectorEvent]) {
        eventsSeen += 1
        if phase == .watching {
            events.append(change)
            let version = object.metadata.resourceVersion
            if !version.isEmpty { lastVersion = version }
        } else if case .applied = change {
            // The existing objects come in no order: until the mark no version is known to be reached.
            events.append(.initial(object))
            list.loaded += 1
        } else {
            events.append(change)
        }
    }

    private mutating func bookmark(_ version: String, _ endsInitialEvents: Bool, into events: inout [ReflectorEvent]) -> Step? {
        bookmarksSeen = true
        if phase == .streamingList {
            guard endsInitialEvents else {
                // A server that knew streaming lists would not send another bookmark before the mark.
                supportsStreamingList = false
                return fromTheStart()
            }
            phase = .watching
            unfinishedStreams = 0
            events += [.progress(loaded: list.loaded, remaining: 0), .ready(resourceVersion: version)]
        }
        expiredAtOnce = 0
        if !version.isEmpty { lastVersion = version }
        return nil
    }
}
