import CursesTerminal
import KubernetesModel
import TextUI

/// Connects the shell to the terminal: events in, frames out, no more of them than eyes can follow.
final class ExplorerProgram: TerminalAccess {
    private let shell: Shell
    private let terminal: CursesTerminal
    private let status: StatusReport?
    private var pacer = FramePacer()
    private let start = ContinuousClock.now
    private var ending: CheckedContinuation<Void, Never>?
    private var hasEnded = false
    private var ticking: Task<Void, Never>?
    /// Whether events are being handled: the frame after them shows all they changed.
    private var isHandlingEvent = false
    private var eventsHandled = 0
    private var lastFrame: Frame?
    /// Since when there is something to act on; nil while there is not. What was typed before was typed blindly.
    private var visibleSince: ContinuousClock.Instant?

    init(shell: Shell, terminal: CursesTerminal, status: StatusReport?) {
        self.shell = shell
        self.terminal = terminal
        self.status = status
    }

    /// Returns when the person, or a signal, ends the program.
    func run(command: String?) async {
        shell.terminalAccess = self
        shell.onChange = { [unowned self] in changed() }
        shell.onQuit = { [unowned self] in end() }
        shell.work.onIdle = { [unowned self] in changed() }
        terminal.onEvent = { [unowned self] in handle($0) }
        terminal.onResize = { [unowned self] in draw() }
        terminal.onHangUp = { [unowned self] in end() }
        shell.start(command: command)
        draw()
        tick()
        if !hasEnded { await withCheckedContinuation { ending = $0 } }
        ticking?.cancel()
        terminal.stop()
    }

    private func end() {
        hasEnded = true
        ending?.resume()
        ending = nil
    }

    private func handle(_ event: InputEvent) {
        isHandlingEvent = true
        shell.receive(event, wasSeen: visibleSince.map { terminal.inputArrival >= $0 } ?? false)
        isHandlingEvent = false
        eventsHandled += 1
        draw(answering: terminal.inputArrival)
    }

    // MARK: Frames

    private func changed() {
        guard !isHandlingEvent else { return }
        switch pacer.dataChanged(now: .now - start) {
        case .drawNow: draw()
        case .drawAfter(let delay):
            Task {
                try? await Task.sleep(for: delay)
                if pacer.delayPassed() { draw() }
            }
        case .wait: break
        }
    }

    /// - Parameter arrival: when what the frame answers was typed.
    private func draw(answering arrival: ContinuousClock.Instant? = nil) {
        guard !hasEnded else { return }
        let frame = shell.frame(size: terminal.size)
        pacer.frameDrawn(now: .now - start)
        terminal.useMouse(shell.configuration.usesMouse ?? false)
        // What is drawn while others have the terminal is not on it when they give it back.
        if frame != lastFrame || terminal.isOutdated { terminal.show(frame) }
        lastFrame = frame
        visibleSince = shell.isVisible && !terminal.isLent ? visibleSince ?? .now : nil
        status?.frameDrawn(
            pendingWork: shell.work.pending, revision: shell.session.revision, events: eventsHandled, latency: arrival.map { .now - $0 })
    }

    /// The only timer: once a second, on the second, for the clock and for ages.
    private func tick() {
        ticking = Task {
            while !Task.isCancelled {
                let fraction = shell.now().fraction
                try? await Task.sleep(for: .nanoseconds(1_000_000_000 - fraction))
                if !Task.isCancelled { changed() }
            }
        }
    }

    // MARK: TerminalAccess

    func run(_ program: String, _ arguments: [String]) async -> Int32 {
        visibleSince = nil
        return await terminal.run(program, arguments)
    }

    var isLent: Bool { terminal.isLent }

    func lend(to session: (any ByteTerminal) async -> Void) async -> Bool {
        visibleSince = nil
        return await terminal.lend { await session($0) }
    }

    func send(_ bytes: [UInt8]) {
        terminal.send(bytes)
    }

    func suspend() {
        terminal.suspend()
    }
}

extension RawTerminal: ByteTerminal {}

extension ContinuousClock.Instant {
    fileprivate static func - (later: ContinuousClock.Instant, earlier: ContinuousClock.Instant) -> Duration {
        earlier.duration(to: later)
    }
}
