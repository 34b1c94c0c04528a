import KubernetesModel
import KubernetesSemantics

/// What a container or an `exec` runs: a state machine that is told what happened and says what it does next.
///
/// A program never waits: it asks for a wake-up, a lookup or an exchange, and hears of it later in another `receive`.
/// Everything it knows of the outside is in its context, so that the same inputs give the same actions.
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
}

/// What a program does next.
enum ProgramAction: Equatable {
    /// Text as written, with its line ends.
    case write(String, OutputStream)
    /// An address of nil is every address of the pod.
    case listen(port: Int, transport: TransportProtocol)
    case wake(after: Duration, ticket: Int)
    /// Resolves a host name as the C library does: resolver file, search list, servers.
    case lookUp(name: String, ticket: Int)
    /// Connects, sends and waits for the answer, for at most `timeout`.
    case exchange(NetworkRequest, to: SocketAddress, timeout: Duration, ticket: Int)
    case allocate(bytes: Int)
    case exit(code: Int)

    static func line(_ text: String, _ stream: OutputStream = .standardOutput) -> ProgramAction {
        .write(text + "\n", stream)
    }
}

enum OutputStream: Hashable {
    case standardOutput
    case standardError
}

enum Signal: Int {
    case hangUp = 1
    case interrupt = 2
    case kill = 9
    case terminate = 15
}

/// What a process sees of the world around it.
struct ProcessContext {
    var now: Instant
    /// In the order in which `env` prints it.
    var environment: [(name: String, value: String)]
    var files: FileSystem
    var hostname: String
    /// Nil while the pod has no network.
    var address: IPv4?
    var user: Int = 0
    var group: Int = 0
    var random: Randomness
    /// The processes of the same process space, as `ps` lists them.
    var processes: [(id: Int, command: String)] = []
    /// What a DNS server answers from: the Services as its own informers see them.
    var names: ClusterNames

    subscript(variable name: String) -> String? {
        environment.last { $0.name == name }?.value
    }
}
