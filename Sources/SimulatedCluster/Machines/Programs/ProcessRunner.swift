import KubernetesModel
import KubernetesSemantics

/// Runs processes: gives them their inputs at the right time, and does what they ask for.
final class ProcessRunner {
    /// What starting a process and moving data cost, so that no loop runs for ever within one instant.
    private enum Cost {
        static let start = Duration.milliseconds(1)
        static let read = Duration.microseconds(20)
        static let flush = Duration.microseconds(100)
    }

    private let timeline: Timeline
    private let network: Network
    private let names: ClusterNames
    private let random: Randomness

    init(timeline: Timeline, network: Network, names: ClusterNames, random: Randomness) {
        self.timeline = timeline
        self.network = network
        self.names = names
        self.random = random
    }

    @discardableResult
    func start(
        _ program: any Program, command: String, in setting: Process.Setting, streams: Process.Streams,
        whenEnded: @escaping (Process.Ending) -> Void
    ) -> Process {
        let process = Process(program, command: command, setting: setting, streams: streams, whenEnded: whenEnded)
        deliver(.start, to: process)
        return process
    }

    /// A process without input, whose output is taken as text.
    @discardableResult
    func start(
        _ program: any Program, command: String, in setting: Process.Setting, output: @escaping (String, OutputStream) -> Void,
        whenEnded: @escaping (Process.Ending) -> Void
    ) -> Process {
        let streams = Process.Streams(
            output: Pipe { output(String(decoding: $0, as: UTF8.self), .standardOutput) },
            error: Pipe { output(String(decoding: $0, as: UTF8.self), .standardError) })
        return start(program, command: command, in: setting, streams: streams, whenEnded: whenEnded)
    }

    /// SIGKILL ends a process at once; others it may handle.
    func send(_ signal: Signal, to process: Process) {
        if signal == .kill { end(process, .exited(code: signal.exitCode)) } else { deliver(.signal(signal), to: process) }
    }

    /// Sends a signal to all that use a terminal.
    func send(_ signal: Signal, to terminal: Terminal, in space: ProcessSpace) {
        for process in space.inOrder where process.setting.terminal === terminal { send(signal, to: process) }
    }

    /// Sends one request from a place in the network, as a process or a kubelet's probe does.
    func exchange(
        _ request: NetworkRequest, from source: Network.Source, to address: SocketAddress, timeout: Duration,
        then completion: @escaping (ExchangeResult) -> Void
    ) {
        var request = request
        if case .dns(var question) = request, case .pod(let pod) = source {
            question.client = pod.address
            request = .dns(question)
        }
        if case .http(var http) = request {
            http.client = source.address(at: address.host)
            request = .http(http)
        }
        switch network.path(from: source, to: address) {
        case .refused: timeline.schedule(after: .microseconds(300)) { completion(.refused) }
        case .dropped: timeline.schedule(after: timeout) { completion(.timedOut) }
        case .apiServer: timeline.schedule(after: .milliseconds(1)) { completion(.response(.accepted)) }
        case .open(let listener): ask(listener, request, timeout: timeout, then: completion)
        }
    }

    /// Sends a request to a process that listens, by a way that is open.
    func ask(_ listener: Process, _ request: NetworkRequest, timeout: Duration, then completion: @escaping (ExchangeResult) -> Void) {
        timeline.schedule(after: .microseconds(random.int(in: 150...600))) { [self] in
            guard listener.ending == nil else { return completion(.refused) }
            spend(ProcessorTime.serving, listener)
            let served = listener.program.serve(request, in: context(of: listener))
            for action in served.actions { perform(action, of: listener) }
            let delay = served.delay + .microseconds(random.int(in: 150...600))
            timeline.schedule(after: min(delay, timeout)) { completion(delay > timeout ? .timedOut : .response(served.response)) }
        }
    }

    // MARK: Inputs and actions

    private func deliver(_ input: ProgramInput, to process: Process) {
        guard process.ending == nil else { return }
        if process.backlog != nil, !input.isSignal {
            process.backlog?.inputs.append(input)
            return
        }
        spend(ProcessorTime.step, process)
        perform(process.program.receive(input, in: context(of: process))[...], of: process)
    }

    /// A process that writes more than there is room for waits within the write, as in a kernel; only signals reach it there.
    private func perform(_ actions: ArraySlice<ProgramAction>, of process: Process) {
        var rest = actions
        while process.ending == nil, let action = rest.popFirst() {
            perform(action, of: process)
            guard case .write(_, let outlet) = action, case let pipe = process.streams.pipe(outlet), !pipe.hasRoom else { continue }
            process.backlog = Process.Backlog(actions: rest)
            pipe.whenDrained { [weak self, weak process] in
                self?.timeline.schedule(after: Cost.flush) { if let process { self?.goOn(process) } }
            }
            return
        }
    }

    private func goOn(_ process: Process) {
        guard let backlog = process.backlog else { return }
        process.backlog = nil
        perform(backlog.actions, of: process)
        for input in backlog.inputs { deliver(input, to: process) }
    }

    private func spend(_ time: Duration, _ process: Process) {
        process.setting.space.processorTime.spend(time, at: timeline.now)
    }

    private func deliver(_ input: ProgramInput, to process: Process, after delay: Duration) {
        timeline.schedule(after: delay) { [weak self, weak process] in
            if let process { self?.deliver(input, to: process) }
        }
    }

    private func perform(_ action: ProgramAction, of process: Process) {
        switch action {
        case .write(let bytes, let outlet): write(bytes, to: process.streams.pipe(outlet), by: process)
        case .read(let pipe, let unit, let ticket): read(pipe ?? process.streams.input, unit, ticket, process)
        case .flush(let stream, let ticket):
            process.streams.pipe(.standard(stream)).whenDrained { [weak self, weak process] in
                if let process { self?.deliver(.flushed(ticket: ticket), to: process, after: Cost.flush) }
            }
        case .listen(let port, let transport):
            process.setting.pod.listen(PodNetwork.Socket(port: port, transport: transport), process)
        case .wake(let delay, let ticket): deliver(.wake(ticket: ticket), to: process, after: delay)
        case .work(let time, let ticket):
            spend(time, process)
            deliver(.wake(ticket: ticket), to: process, after: time)
        case .lookUp(let name, let ticket):
            let pod = process.setting.pod
            let (lookup, step) = Lookup.begin(name, files: process.setting.files, hostname: pod.hostname, address: pod.address)
            follow(step, of: lookup, ticket: ticket, process)
        case .exchange(let request, let address, let timeout, let ticket):
            exchange(request, from: .pod(process.setting.pod), to: address, timeout: timeout) { [weak self, weak process] result in
                if let process { self?.deliver(.answered(result, ticket: ticket), to: process) }
            }
        case .ping(let host, let timeout, let ticket):
            let isThere = network.answersPing(from: process.setting.pod, host)
            let time = isThere ? .microseconds(random.int(in: 80...400)) : timeout
            deliver(.answered(isThere ? .response(.accepted) : .timedOut, ticket: ticket), to: process, after: time)
        case .spawn(let child, let ticket): spawn(child, ticket, by: process)
        case .become(let child): become(child, process)
        // The kernel keeps the first process of a container from those beside it.
        case .signal(.kill, 1): break
        case .signal(let signal, let number):
            if let target = process.setting.space.processes[number] { send(signal, to: target) }
        case .allocate(let bytes):
            process.allocated = bytes
            checkMemory(of: process)
        case .exit(let code): end(process, .exited(code: code))
        }
    }

    private func write(_ bytes: [UInt8], to pipe: Pipe, by process: Process) {
        pipe.write(bytes)
        if pipe.isBroken { end(process, .exited(code: Signal.brokenPipe.exitCode)) }
        if let problem = pipe.takeProblem() {
            let name = process.command.split(separator: " ").first?.split(separator: "/").last ?? "sh"
            process.streams.error.write(Array("\(name): write error: \(problem.rawValue)\n".utf8))
            end(process, .exited(code: 1))
        }
        if pipe.heldBytes > 0 { checkMemory(of: process, besides: pipe.heldBytes) }
    }

    /// The kernel kills all of a container that has used up its memory.
    ///
    /// - Parameter bytes: what waits for others of its processes.
    private func checkMemory(of process: Process, besides bytes: Int = 0) {
        let space = process.setting.space
        let used = space.processes.values.reduce(0) { $0 + $1.allocated } + bytes
        let limit = min(process.setting.memoryLimit ?? .max, Machine.mostAllocated)
        if used > limit { end(space.processes[1] ?? process, .outOfMemory) }
    }

    private func read(_ pipe: Pipe?, _ unit: Pipe.Unit, _ ticket: Int, _ process: Process) {
        guard let pipe else { return deliver(.read(nil, ticket: ticket), to: process, after: Cost.read) }
        pipe.read(unit, for: ObjectIdentifier(process)) { [weak self, weak process] bytes in
            if let process { self?.deliver(.read(bytes, ticket: ticket), to: process, after: Cost.read) }
        }
    }

    private func follow(_ step: Lookup.Step, of lookup: Lookup, ticket: Int, _ process: Process) {
        switch step {
        case .finished(let result): deliver(.lookedUp(result, ticket: ticket), to: process, after: .zero)
        case .ask(let question, let server, let timeout):
            exchange(.dns(question), from: .pod(process.setting.pod), to: server, timeout: timeout) { [weak self, weak process] result in
                guard let self, let process, process.ending == nil else { return }
                var lookup = lookup
                let next = lookup.receive(result)
                follow(next, of: lookup, ticket: ticket, process)
            }
        }
    }

    // MARK: Children

    /// As many as a container may have; a script that starts more ends, as ash does.
    private static let mostProcesses = 1000

    private func spawn(_ child: Child, _ ticket: Int, by parent: Process) {
        guard parent.setting.space.processes.count < Self.mostProcesses else {
            parent.streams.error.write(Array("sh: can't fork: Resource temporarily unavailable\n".utf8))
            return end(parent, .exited(code: 2))
        }
        guard let (program, command) = body(of: child) else {
            return deliver(.childEnded(code: 127, ticket: ticket), to: parent, after: .zero)
        }
        let process = Process(
            program, command: command, setting: setting(child, of: parent), streams: streams(child, of: parent)
        ) { [weak self, weak parent] ending in
            if let parent { self?.deliver(.childEnded(code: ending.code, ticket: ticket), to: parent, after: .zero) }
        }
        // Not at once: a parent that goes on by starting the next one would never come back.
        deliver(.spawned(number: process.number, ticket: ticket), to: parent, after: Cost.start)
        deliver(.start, to: process, after: Cost.start)
    }

    private func become(_ child: Child, _ process: Process) {
        guard let (program, command) = body(of: child) else { return end(process, .exited(code: 127)) }
        process.become(program, command: command, setting(child, of: process), streams(child, of: process))
        deliver(.start, to: process, after: Cost.start)
    }

    private func body(of child: Child) -> (program: any Program, command: String)? {
        switch child.body {
        case .command(let words): CommandCatalog.program(words).map { ($0, words.joined(separator: " ")) }
        case .program(let program, let name): (program, name)
        }
    }

    private func setting(_ child: Child, of parent: Process) -> Process.Setting {
        var setting = parent.setting
        setting.environment = child.environment
        setting.directory = child.directory
        if child.input != nil { setting.terminal = nil }
        return setting
    }

    private func streams(_ child: Child, of parent: Process) -> Process.Streams {
        Process.Streams(
            input: child.input ?? parent.streams.input, output: parent.streams.pipe(child.output), error: parent.streams.pipe(child.error))
    }

    /// All of a process space ends with its first process.
    private func end(_ process: Process, _ ending: Process.Ending) {
        guard process.ending == nil else { return }
        process.end(ending)
        process.whenEnded(ending)
        guard process.number == 1 else { return }
        for other in process.setting.space.inOrder { end(other, .exited(code: Signal.kill.exitCode)) }
    }

    private func context(of process: Process) -> ProcessContext {
        let setting = process.setting
        return ProcessContext(
            now: timeline.now, environment: setting.environment, files: setting.files, directory: setting.directory,
            hostname: setting.pod.hostname, address: setting.pod.address, user: setting.user, group: setting.group,
            machine: setting.machine, sockets: { setting.pod.sockets }, random: random,
            number: process.number, processes: setting.space.inOrder.map { ($0.number, $0.command) }, terminal: setting.terminal?.size,
            names: names
        )
    }
}
