import AsyncHTTPClient
import KubernetesModel
import NIOCore
import Synchronization

/// One watch's connection, from its head to its end.
struct WatchSession: Sendable {
    struct End: Sendable {
        var machine: WatchMachine
        var output: WatchMachine.Output
    }

    let client: ClusterClient
    let call: APICall
    let request: WatchMachine.WatchRequest
    let timing: ReflectorTiming
    let audience: ReflectorAudience
    let watchdog: Watchdog
    let lineLimit: Int
    let parsing: JSONParser.Options

    func read(_ response: HTTPClientResponse, _ start: WatchMachine) async -> End {
        var machine = start
        var lines = LineDecoder(limit: lineLimit)
        var parser = JSONParser(options: parsing)
        let opened = timing.now()
        do {
            for try await part in response.body {
                client.contact.heard()
                let complete = part.withUnsafeReadableBytes { lines.append($0) }
                if lines.isOverLimit || complete.contains(where: \.isCut) { throw ClientError.Cause.lineTooLong(limit: lineLimit) }
                let events = try complete.filter { !$0.bytes.isEmpty }.map { try WatchEvent(line: $0.bytes, parser: &parser) }
                let output = machine.received(events, now: timing.now())
                watchdog.feed(limit: machine.idleLimit(of: request), now: timing.now())
                guard output.step == nil else { return End(machine: machine, output: output) }
                // A slow consumer is not a silent server.
                watchdog.pause()
                guard await audience.send(output.events) else { return End(machine: machine, output: .init(step: .stop)) }
                watchdog.feed(limit: machine.idleLimit(of: request), now: timing.now())
            }
            if lines.finish() != nil { throw ClientError.Cause.closedEarly }
            let now = timing.now()
            let output = machine.bodyEnded(lived: now - opened, now: now)
            return End(machine: machine, output: output)
        } catch {
            let output = machine.failed(call.error(await cause(of: error)), now: timing.now())
            return End(machine: machine, output: output)
        }
    }

    private func cause(of error: any Error) async -> ClientError.Cause {
        if let error = error as? JSONError { return .notUnderstood(error.description) }
        return await client.ending(client.cause(of: error))
    }
}

/// Notices when a connection that should speak is silent.
final class Watchdog: Sendable {
    private struct State {
        var limit: Duration
        var lastSign: Duration
        var isPaused = false
    }

    private let state: Mutex<State>

    init(limit: Duration, now: Duration) {
        state = Mutex(State(limit: limit, lastSign: now))
    }

    func feed(limit: Duration, now: Duration) {
        state.withLock { $0 = State(limit: limit, lastSign: now) }
    }

    func pause() {
        state.withLock { $0.isPaused = true }
    }

    /// Returns how long nothing came once that is too long; nil when the task is cancelled first.
    ///
    /// It is too long at once when the machine slept, or this process was stopped: the other side has given the connection up, and
    /// nothing would tell.
    func bark(_ timing: ReflectorTiming) async -> Duration? {
        while true {
            let state = state.withLock { $0 }
            let before = timing.now()
            let silence = before - state.lastSign
            if silence >= state.limit, !state.isPaused { return silence }
            let rest = state.isPaused ? state.limit : state.limit - silence
            let nap = min(rest, Self.longestNap)
            guard (try? await timing.nap(nap)) != nil else { return nil }
            let overslept = timing.now() - before - nap
            if overslept > Self.mostOversleeping { return timing.now() - state.lastSign }
        }
    }

    /// How soon a sleep of the machine is noticed.
    private static let longestNap = Duration.seconds(15)
    /// A busy machine wakes late, but not by this much.
    private static let mostOversleeping = Duration.seconds(30)
}
