import KubernetesModel
import KubernetesSemantics

/// A program that runs: in a container as its main process, for an `exec` or a probe, or as the child of another one.
final class Process {
    /// Where a process runs and what it sees.
    struct Setting {
        var pod: PodNetwork
        var environment: [(name: String, value: String)]
        var files: FileSystem
        var directory = "/"
        var user = 0
        var group = 0
        /// Bytes; nil for no limit.
        var memoryLimit: Int?
        /// A container's processes see each other.
        var space = ProcessSpace()
        var machine = Machine()
        var terminal: Terminal?
    }

    /// What a process reads from and writes to.
    struct Streams {
        /// Nil for an input that is empty.
        var input: Pipe?
        var output: Pipe
        var error: Pipe

        func pipe(_ outlet: Outlet) -> Pipe {
            switch outlet {
            case .standard(.standardOutput): output
            case .standard(.standardError): error
            case .pipe(let pipe): pipe
            }
        }
    }

    /// What waits with a process.
    struct Backlog {
        var actions: ArraySlice<ProgramAction>
        var inputs: [ProgramInput] = []
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

    /// In its process space.
    let number: Int
    var command: String
    var setting: Setting
    var streams: Streams
    var ending: Ending?
    /// Bytes that it has asked for, beyond what its program takes for being there.
    var allocated = 0
    /// Set while it waits for room for what it has written.
    var backlog: Backlog?
    var program: any Program
    let whenEnded: (Ending) -> Void
    /// Called when it ends, by those who are connected to it.
    private var connections: [ObjectIdentifier: () -> Void] = [:]

    init(_ program: any Program, command: String, setting: Setting, streams: Streams, whenEnded: @escaping (Ending) -> Void) {
        self.program = program
        self.command = command
        self.setting = setting
        self.streams = streams
        self.whenEnded = whenEnded
        number = setting.space.takeNumber()
        setting.space.processes[number] = self
        hold(streams)
    }

    /// Goes on as another program.
    func become(_ program: any Program, command: String, _ setting: Setting, _ streams: Streams) {
        let old = self.streams
        hold(streams)
        self.streams = streams
        letGo(old)
        self.program = program
        self.command = command
        self.setting = setting
    }

    func end(_ ending: Ending) {
        self.ending = ending
        backlog = nil
        setting.pod.removeListeners(of: self)
        setting.space.processes[number] = nil
        letGo(streams)
        let closing = connections.values
        connections = [:]
        for close in closing { close() }
    }

    /// - Parameter close: called when the process ends, unless `disconnect` comes first.
    func connect(_ connection: AnyObject, close: @escaping () -> Void) {
        connections[ObjectIdentifier(connection)] = close
    }

    func disconnect(_ connection: AnyObject) {
        connections[ObjectIdentifier(connection)] = nil
    }

    private func hold(_ streams: Streams) {
        streams.input?.addReader()
        streams.output.addWriter()
        streams.error.addWriter()
    }

    private func letGo(_ streams: Streams) {
        streams.input?.removeReader(ObjectIdentifier(self))
        streams.output.removeWriter()
        streams.error.removeWriter()
    }
}

/// The processes that see each other, by number; the first to start is number 1, and all end with it.
final class ProcessSpace {
    var processorTime = ProcessorTime()
    fileprivate(set) var processes: [Int: Process] = [:]
    private var last = 0

    fileprivate func takeNumber() -> Int {
        last += 1
        return last
    }

    var inOrder: [Process] {
        processes.values.sorted { $0.number < $1.number }
    }
}

/// A pod's network: its address, and who listens there.
final class PodNetwork {
    let pod: ObjectKey
    let node: String
    let hostname: String
    let address: IPv4
    private var listeners: [Socket: Process] = [:]

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

    var sockets: [Socket] {
        listeners.keys.sorted { ($0.port, $0.transport.rawValue) < ($1.port, $1.transport.rawValue) }
    }

    func listener(port: Int, transport: TransportProtocol) -> Process? {
        listeners[Socket(port: port, transport: transport)]
    }

    func listen(_ socket: Socket, _ process: Process) {
        listeners[socket] = process
    }

    fileprivate func removeListeners(of process: Process) {
        listeners = listeners.filter { $0.value !== process }
    }
}
