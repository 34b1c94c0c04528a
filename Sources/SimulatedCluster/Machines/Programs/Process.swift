import KubernetesModel
import KubernetesSemantics

/// A program that runs: in a container as its main process, or for an `exec`, a probe or a debugging session.
final class Process {
    /// Where a process runs and what it sees.
    struct Setting {
        var pod: PodNetwork
        var environment: [(name: String, value: String)]
        var files: FileSystem
        var user = 0
        var group = 0
        /// Bytes; nil for no limit.
        var memoryLimit: Int?
    }

    enum Ending: Equatable {
        case exited(code: Int)
        case outOfMemory

        var code: Int {
            switch self {
            case .exited(let code): code
            case .outOfMemory: 137
            }
        }
    }

    let id: Int
    let command: String
    let setting: Setting
    fileprivate(set) var ending: Ending?
    fileprivate(set) var usage = ProcessUsage()
    fileprivate var program: any Program
    fileprivate let output: (String, OutputStream) -> Void
    fileprivate let whenEnded: (Ending) -> Void

    init(
        id: Int, program: any Program, command: String, setting: Setting, output: @escaping (String, OutputStream) -> Void,
        whenEnded: @escaping (Ending) -> Void
    ) {
        self.id = id
        self.program = program
        self.command = command
        self.setting = setting
        self.output = output
        self.whenEnded = whenEnded
    }
}

/// A pod's network: its address, and who listens there.
final class PodNetwork {
    let pod: ObjectKey
    let node: String
    let hostname: String
    let address: IPv4
    private var listeners: [Socket: Process] = [:]
    /// Those that run in the pod, by number.
    fileprivate(set) var processes: [Int: Process] = [:]

    struct Socket: Hashable {
        var port: Int
        var transport: TransportProtocol
    }

    init(pod: ObjectKey, node: String, hostname: String, address: IPv4) {
        self.pod = pod
        self.node = node
        self.hostname = hostname
        self.address = address
    }

    func listener(port: Int, transport: TransportProtocol) -> Process? {
        listeners[Socket(port: port, transport: transport)]
    }

    fileprivate func listen(_ socket: Socket, _ process: Process) {
        listeners[socket] = process
    }

    fileprivate func remove(_ process: Process) {
        processes[process.id] = nil
        listeners = listeners.filter { $0.value !== process }
    }
}

/// Runs processes: gives them their inputs at the right time, and does what they ask for.
final class ProcessRunner {
    private let timeline: Timeline
    private let network: Network
    private let names: ClusterNames
    private let random: Randomness
    private var lastID = 0

    init(timeline: Timeline, network: Network, names: ClusterNames, random: Randomness) {
        self.timeline = timeline
        self.network = network
        self.names = names
        self.random = random
    }

    @discardableResult
    func start(
        _ program: any Program, command: String, in setting: Process.Setting, output: @escaping (String, OutputStream) -> Void,
        whenEnded: @escaping (Process.Ending) -> Void
    ) -> Process {
        lastID += 1
        let process = Process(
            id: lastID, program: program, command: command, setting: setting, output: output, whenEnded: whenEnded)
        setting.pod.processes[process.id] = process
        deliver(.start, to: process)
        return process
    }

    /// SIGKILL ends a process at once; others it may handle.
    func send(_ signal: Signal, to process: Process) {
        if signal == .kill { end(process, .exited(code: 137)) } else { deliver(.signal(signal), to: process) }
    }

    /// Sends one request from a place in the network, as a process or a kubelet's probe does.
    func exchange(
        _ request: NetworkRequest, from source: Network.Source, to address: SocketAddress, timeout: Duration,
        then completion: @escaping (ExchangeResult) -> Void
    ) {
        switch network.path(from: source, to: address) {
        case .refused: timeline.schedule(after: .microseconds(300)) { completion(.refused) }
        case .dropped: timeline.schedule(after: timeout) { completion(.timedOut) }
        case .apiServer: timeline.schedule(after: .milliseconds(1)) { completion(.response(.accepted)) }
        case .open(let listener):
            timeline.schedule(after: .microseconds(random.int(in: 150...600))) { [self] in
                guard listener.ending == nil else { return completion(.refused) }
                listener.usage.spend(ProcessUsage.serving, at: timeline.now)
                let served = listener.program.serve(request, in: context(of: listener))
                for action in served.actions { perform(action, of: listener) }
                let delay = served.delay + .microseconds(random.int(in: 150...600))
                timeline.schedule(after: min(delay, timeout)) { completion(delay > timeout ? .timedOut : .response(served.response)) }
            }
        }
    }

    private func deliver(_ input: ProgramInput, to process: Process) {
        guard process.ending == nil else { return }
        process.usage.spend(ProcessUsage.step, at: timeline.now)
        for action in process.program.receive(input, in: context(of: process)) {
            guard process.ending == nil else { return }
            perform(action, of: process)
        }
    }

    private func perform(_ action: ProgramAction, of process: Process) {
        switch action {
        case .write(let text, let stream): process.output(text, stream)
        case .listen(let port, let transport):
            process.setting.pod.listen(PodNetwork.Socket(port: port, transport: transport), process)
        case .wake(let delay, let ticket):
            timeline.schedule(after: delay) { [weak self, weak process] in
                if let process { self?.deliver(.wake(ticket: ticket), to: process) }
            }
        case .lookUp(let name, let ticket):
            let pod = process.setting.pod
            let (lookup, step) = Lookup.begin(name, files: process.setting.files, hostname: pod.hostname, address: pod.address)
            follow(step, of: lookup, ticket: ticket, process)
        case .exchange(let request, let address, let timeout, let ticket):
            exchange(request, from: .pod(process.setting.pod), to: address, timeout: timeout) { [weak self, weak process] result in
                if let process { self?.deliver(.answered(result, ticket: ticket), to: process) }
            }
        case .allocate(let bytes):
            process.usage.allocated = bytes
            if let limit = process.setting.memoryLimit, bytes > limit { end(process, .outOfMemory) }
        case .exit(let code): end(process, .exited(code: code))
        }
    }

    private func follow(_ step: Lookup.Step, of lookup: Lookup, ticket: Int, _ process: Process) {
        switch step {
        case .finished(let result):
            timeline.schedule(at: timeline.now) { [weak self, weak process] in
                if let process { self?.deliver(.lookedUp(result, ticket: ticket), to: process) }
            }
        case .ask(let question, let server, let timeout):
            exchange(.dns(question), from: .pod(process.setting.pod), to: server, timeout: timeout) { [weak self, weak process] result in
                guard let self, let process, process.ending == nil else { return }
                var lookup = lookup
                let next = lookup.receive(result)
                follow(next, of: lookup, ticket: ticket, process)
            }
        }
    }

    private func end(_ process: Process, _ ending: Process.Ending) {
        guard process.ending == nil else { return }
        process.ending = ending
        process.setting.pod.remove(process)
        process.whenEnded(ending)
    }

    private func context(of process: Process) -> ProcessContext {
        let setting = process.setting
        let processes = setting.pod.processes.values.sorted { $0.id < $1.id }.map { (id: $0.id, command: $0.command) }
        return ProcessContext(
            now: timeline.now, environment: setting.environment, files: setting.files, hostname: setting.pod.hostname,
            address: setting.pod.address, user: setting.user, group: setting.group, random: random, processes: processes, names: names
        )
    }
}
