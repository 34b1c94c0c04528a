import KubernetesModel
import KubernetesSemantics

/// What a process runs: a state machine that is told what happened and says what it does next.
///
/// A program never waits: it asks for input, a wake-up, a lookup, an exchange or a child, and hears of it later in another
/// `receive`. Everything it knows of the outside is in its context, so that the same inputs give the same actions. A new
/// program is a new value of this kind, made by `CommandCatalog` or `ProgramFactory`.
protocol Program {
    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction]

    /// Answers a request that reached a socket the program listens on.
    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest
}

extension Program {
    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        ServedRequest(.accepted)
    }
}

/// What a program is told. A ticket is the number that the program gave when it asked.
enum ProgramInput {
    case start
    case wake(ticket: Int)
    case lookedUp(LookupResult, ticket: Int)
    case answered(ExchangeResult, ticket: Int)
    case signal(Signal)
    /// What there was to read; nil at the end of the input.
    case read([UInt8]?, ticket: Int)
    /// The reader has caught up with what was written.
    case flushed(ticket: Int)
    /// A child runs, under this number.
    case spawned(number: Int, ticket: Int)
    case childEnded(code: Int, ticket: Int)

    var isSignal: Bool {
        if case .signal = self { true } else { false }
    }
}

/// What a program does next.
enum ProgramAction {
    case write([UInt8], Outlet)
    /// Asks for input: the standard input when `from` is nil.
    case read(from: Pipe?, Pipe.Unit, ticket: Int)
    /// Asks to be told when there is room for more. A program that writes without end has to.
    case flush(OutputStream, ticket: Int)
    /// An address of nil is every address of the pod.
    case listen(port: Int, transport: TransportProtocol)
    case wake(after: Duration, ticket: Int)
    /// As `wake`, after time in which the process has kept a processor busy.
    case work(Duration, ticket: Int)
    /// Resolves a host name as the C library does: resolver file, search list, servers.
    case lookUp(name: String, ticket: Int)
    /// Connects, sends and waits for the answer, for at most `timeout`.
    case exchange(NetworkRequest, to: SocketAddress, timeout: Duration, ticket: Int)
    /// Asks whether a machine or a pod answers, for at most `timeout`.
    case ping(IPv4, timeout: Duration, ticket: Int)
    case spawn(Child, ticket: Int)
    /// Goes on as another command, with the same number and the same streams otherwise.
    case become(Child)
    case signal(Signal, process: Int)
    case allocate(bytes: Int)
    case exit(code: Int)

    static func line(_ text: String, _ stream: OutputStream = .standardOutput) -> ProgramAction {
        .text(text + "\n", stream)
    }

    /// Text as written, with its line ends.
    static func text(_ text: String, _ stream: OutputStream = .standardOutput) -> ProgramAction {
        .write(Array(text.utf8), .standard(stream))
    }
}

enum OutputStream: Hashable {
    case standardOutput
    case standardError
}

/// Where a process writes to: a stream it was started with, or a pipe it opened itself.
enum Outlet {
    case standard(OutputStream)
    case pipe(Pipe)
}

/// A process to be started by another one.
struct Child {
    enum Body {
        case command([String])
        case program(any Program, name: String)
    }

    var body: Body
    /// In the order in which `env` prints it.
    var environment: [(name: String, value: String)]
    var directory: String
    /// Nil for the parent's own input.
    var input: Pipe?
    var output: Outlet = .standard(.standardOutput)
    var error: Outlet = .standard(.standardError)
}

enum Signal: Int {
    case hangUp = 1
    case interrupt = 2
    case kill = 9
    case brokenPipe = 13
    case terminate = 15

    /// The exit code of a process that a signal ends.
    var exitCode: Int { 128 + rawValue }
}

/// The computer that a process runs on.
struct Machine {
    /// In bytes.
    var memory = 0
    var disk = 0
    var processors = 1
    var memoryInUse: () -> Int = { 0 }

    /// What the processes of a container may keep, however much memory their node has: it is this process's own.
    static let mostAllocated = 256 << 20
}

/// What a process sees of the world around it.
struct ProcessContext {
    var now: Instant
    /// In the order in which `env` prints it.
    var environment: [(name: String, value: String)]
    var files: FileSystem
    var directory = "/"
    var hostname: String
    /// Nil while the pod has no network.
    var address: IPv4?
    var user: Int = 0
    var group: Int = 0
    var machine = Machine()
    /// Where processes of the pod listen, by port.
    var sockets: () -> [PodNetwork.Socket] = { [] }
    var random: Randomness
    /// Its own number.
    var number = 1
    /// The processes of the same process space, as `ps` lists them.
    var processes: [(number: Int, command: String)] = []
    /// Nil unless its input is a terminal.
    var terminal: TerminalSize?
    /// What a DNS server answers from: the Services as its own informers see them.
    var names: ClusterNames

    subscript(variable name: String) -> String? {
        environment.last { $0.name == name }?.value
    }

    /// A path as it is meant from the process's directory.
    func absolute(_ path: String) -> String {
        FileSystem.normalized(path.hasPrefix("/") ? path : directory + "/" + path)
    }

    /// What a signal does to a program that has no handler for it: process 1 of its space is spared.
    func defaultAction(for signal: Signal) -> [ProgramAction] {
        number == 1 ? [] : [.exit(code: signal.exitCode)]
    }
}
