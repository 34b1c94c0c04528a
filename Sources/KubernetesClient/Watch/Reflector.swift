import AsyncHTTPClient
import KubernetesModel
import NIOCore
import NIOHTTP1
import Synchronization

/// Follows the objects of one scope: performs the steps of a `WatchMachine`, and hands what it tells to its audience.
struct Reflector: Sendable {
    let client: ClusterClient
    let scope: ReflectorScope
    let timing: ReflectorTiming
    let audience: ReflectorAudience
    /// The longest line of a watch accepted, in bytes.
    let lineLimit: Int

    /// Returns when the task is cancelled, or nobody listens any longer.
    func run() async {
        var machine = WatchMachine(
            supportsStreamingList: client.streamingLists.isSupported(by: scope.resource.groupVersion), random: timing.random
        )
        var output = machine.begin()
        var wasHurried = false
        while !Task.isCancelled {
            guard await audience.send(output.events.map(named)), let step = output.step else { break }
            switch step {
            case .list(let request): output = await list(request, &machine)
            case .watch(let request): output = await watch(request, &machine)
            case .wait(let duration):
                // Who is answered and lost at once, again and again, must not hurry: every other pause is a whole one.
                let canHurry = !wasHurried && output.events.contains(where: \.isWithoutAnswer)
                wasHurried = await client.pauses.pause(endsWithAnswer: canHurry) { try await timing.sleep(duration) }
                guard !Task.isCancelled else { return }
                output = machine.wokeUp()
            case .stop: return
            }
            if !machine.supportsStreamingList { client.streamingLists.exclude(scope.resource.groupVersion) }
        }
    }

    // MARK: Listing

    /// Tells the audience what exists now, and nothing further.
    /// - Returns: the version of it; nil when that can't be told.
    func tellOnce() async -> String? {
        var machine = WatchMachine(supportsStreamingList: false, random: timing.random)
        var output = machine.begin()
        while !Task.isCancelled {
            switch output.step {
            case .list(let request):
                guard await audience.send(output.events) else { return nil }
                output = await list(request, &machine)
            case .watch:
                guard await audience.send(output.events) else { return nil }
                return machine.lastVersion
            case .wait, .stop, nil: return nil
            }
        }
        return nil
    }

    private func list(_ request: WatchMachine.ListRequest, _ machine: inout WatchMachine) async -> WatchMachine.Output {
        var call = call(.list, scope.query + request.query)
        call.accept = scope.acceptedList
        do throws(ClientError) {
            let page = try await client.readList(call, parsing: scope.parsing) { objects in
                await audience.send(machine.listed(objects).events)
            }
            return machine.pageEnded(page)
        } catch {
            return machine.failed(call.error(await client.ending(error.cause)), now: timing.now())
        }
    }

    private func call(_ operation: ClientError.Operation, _ query: [(name: String, value: String)]) -> APICall {
        APICall(
            operation: operation, target: .init(scope.resource, namespace: scope.namespace), method: .GET,
            path: scope.resource.path(namespace: scope.namespace.map(APICall.encode)), query: query
        )
    }

    /// The machine does not know what it is about.
    private func named(_ event: ReflectorEvent) -> ReflectorEvent {
        guard case .degraded(var error, let delay) = event, error.target.resource == nil else { return event }
        error.target = .init(scope.resource, namespace: scope.namespace)
        return .degraded(error, retryIn: delay)
    }

    // MARK: Watching

    private func watch(_ request: WatchMachine.WatchRequest, _ machine: inout WatchMachine) async -> WatchMachine.Output {
        var call = call(.watch, scope.query + request.query)
        call.accept = scope.acceptedObject
        call.isStream = true
        let opened: OpenedAnswer
        do throws(ClientError) {
            opened = try await client.open(call)
            guard opened.status == .ok else { throw await client.failure(opened, of: call) }
        } catch {
            return machine.failed(error, now: timing.now())
        }
        guard await audience.send(machine.opened().events) else { return WatchMachine.Output(step: .stop) }
        let (output, isSilent) = await read(opened.response, of: call, request, &machine)
        // The whole connection may be dead, with everything else on it: what comes next takes another.
        if isSilent { await client.connections.abandon(opened.lease) }
        return output
    }

    /// Reads a watch to its end, with a watchdog beside, and with who may want it anew: whichever ends first ends the others.
    private func read(
        _ response: HTTPClientResponse, of call: APICall, _ request: WatchMachine.WatchRequest, _ machine: inout WatchMachine
    ) async -> (output: WatchMachine.Output, isSilent: Bool) {
        let watchdog = Watchdog(limit: machine.idleLimit(of: request), now: timing.now())
        let session = WatchSession(
            client: client, call: call, request: request, timing: timing, audience: audience, watchdog: watchdog, lineLimit: lineLimit,
            parsing: scope.parsing
        )
        let start = machine
        let ends = await withTaskGroup(of: WatchEnd.self) { group in
            group.addTask { .read(await session.read(response, start)) }
            group.addTask { .silent(await watchdog.bark(timing)) }
            group.addTask {
                .renewed(await client.openWatches.pause(endsWithAnswer: false) { try await Task.sleep(for: .seconds(86_400)) })
            }
            var ends: [WatchEnd] = []
            for await end in group {
                group.cancelAll()
                ends.append(end)
            }
            return ends
        }
        let end = ends.lazy.compactMap(\.read).first
        if let end { machine = end.machine }
        // What the others come to counts only when it came first: a watch that had ended was not silent.
        switch ends.first {
        case .silent(let silence?):
            let cause = ClientError.Cause.silent(seconds: Int(silence.components.seconds))
            return (machine.failed(call.error(cause), now: timing.now()), true)
        case .renewed(true): return (machine.renewed(), false)
        default: return (end?.output ?? WatchMachine.Output(step: .stop), false)
        }
    }
}

/// How one of a watch's tasks ended.
private enum WatchEnd: Sendable {
    case read(WatchSession.End)
    /// Nil: the watchdog was called off.
    case silent(Duration?)
    /// Whether the watch is to begin anew.
    case renewed(Bool)

    var read: WatchSession.End? {
        if case .read(let end) = self { end } else { nil }
    }
}

extension ReflectorEvent {
    /// Whether the server was lost, or never reached.
    fileprivate var isWithoutAnswer: Bool {
        guard case .degraded(let error, _) = self else { return false }
        return error.statusCode == nil
    }
}

extension WatchMachine.ListRequest {
    var query: [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        if let limit { query.append(("limit", String(limit))) }
        if let continueToken { query.append(("continue", continueToken)) }
        if let notOlderThan { query += [("resourceVersion", notOlderThan), ("resourceVersionMatch", "NotOlderThan")] }
        return query
    }
}

extension WatchMachine.WatchRequest {
    var query: [(name: String, value: String)] {
        var query = [
            (name: "watch", value: "true"), (name: "allowWatchBookmarks", value: "true"),
            (name: "timeoutSeconds", value: String(timeoutSeconds)),
        ]
        if let resourceVersion {
            query.append(("resourceVersion", resourceVersion))
        } else {
            query += [("sendInitialEvents", "true"), ("resourceVersionMatch", "NotOlderThan")]
        }
        return query
    }
}
