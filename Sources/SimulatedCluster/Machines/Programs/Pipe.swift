import DequeModule

/// Bytes on their way from writers to readers, as a kernel's pipe holds them.
///
/// One with a consumer hands everything on at once: to a container's log, to a client of an exec, into a file. Whoever writes waits for
/// room afterwards.
final class Pipe {
    enum Unit {
        /// Up to and including the end of a line.
        case line
        /// Whatever there is.
        case chunk
    }

    private struct Reader {
        var owner: ObjectIdentifier
        var unit: Unit
        var completion: ([UInt8]?) -> Void
    }

    /// Writers that ask are held back while more than this is pending.
    static let capacity = 65_536

    private var pending: Deque<UInt8> = []
    private var waiting: [Reader] = []
    private var waitingForRoom: [() -> Void] = []
    private var writers = 0
    private var readers = 0
    private(set) var isClosed = false
    /// Whether those who read have gone.
    private(set) var isBroken = false
    /// A terminal's end of input, which ends one read only.
    private var endsNextRead = false
    private let isBounded: Bool
    private let consumer: (([UInt8]) -> Void)?
    private var file: (([UInt8]) throws(FileSystem.Failure) -> Void)?
    /// What went wrong with writing into the file, until somebody asks.
    private var problem: FileSystem.Failure?
    private let consumerHasRoom: () -> Bool

    /// - Parameter isBounded: false for a pipe that is read when all has been written.
    init(isBounded: Bool = true) {
        self.isBounded = isBounded
        consumer = nil
        consumerHasRoom = { true }
    }

    /// - Parameter hasRoom: whether the consumer wants more now; it says with `releaseWriters` when it does again.
    init(consumer: @escaping ([UInt8]) -> Void, hasRoom: @escaping () -> Bool = { true }) {
        isBounded = false
        self.consumer = consumer
        consumerHasRoom = hasRoom
    }

    /// A pipe whose bytes land in a file at once.
    static func into(file: @escaping ([UInt8]) throws(FileSystem.Failure) -> Void) -> Pipe {
        let pipe = Pipe(isBounded: false)
        pipe.file = file
        return pipe
    }

    /// An input that holds these bytes and then ends.
    static func holding(_ bytes: [UInt8]) -> Pipe {
        let pipe = Pipe()
        pipe.pending = Deque(bytes)
        pipe.isClosed = true
        return pipe
    }

    /// Takes everything that is pending, without waiting.
    func drain() -> [UInt8] {
        defer { pending = [] }
        return Array(pending)
    }

    // MARK: Writing

    func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, !isClosed, !isBroken else { return }
        if let consumer { return consumer(bytes) }
        if let file { return write(bytes, into: file) }
        pending.append(contentsOf: bytes)
        serveReaders()
    }

    private func write(_ bytes: [UInt8], into file: ([UInt8]) throws(FileSystem.Failure) -> Void) {
        do throws(FileSystem.Failure) {
            try file(bytes)
        } catch {
            problem = error
        }
    }

    var leadsToFile: Bool { file != nil }

    /// Why the last writes didn't land in the file; nil when they did.
    func takeProblem() -> FileSystem.Failure? {
        defer { problem = nil }
        return problem
    }

    /// How many bytes wait here for one who reads them when all has been written.
    var heldBytes: Int { isBounded ? 0 : pending.count }

    /// Nothing more will be written.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        serveReaders()
    }

    /// Ends the next read that finds nothing, as ^D does on a terminal.
    func endRead() {
        endsNextRead = true
        serveReaders()
    }

    /// Calls back once a writer may go on.
    func whenDrained(_ action: @escaping () -> Void) {
        if hasRoom { action() } else { waitingForRoom.append(action) }
    }

    var hasRoom: Bool { isBroken || consumerHasRoom() && (!isBounded || pending.count < Self.capacity) }

    /// Lets those go on who wait for room, if there is some.
    func releaseWriters() {
        guard hasRoom, !waitingForRoom.isEmpty else { return }
        let writers = waitingForRoom
        waitingForRoom = []
        for writer in writers { writer() }
    }

    /// Nobody takes what is written from now on: who writes all the same is ended by it.
    func breakOff() {
        isBroken = true
        pending = []
        serveReaders()
    }

    // MARK: Reading

    func read(_ unit: Unit, for owner: ObjectIdentifier, _ completion: @escaping ([UInt8]?) -> Void) {
        waiting.append(Reader(owner: owner, unit: unit, completion: completion))
        serveReaders()
    }

    private func serveReaders() {
        while let reader = waiting.first {
            if let bytes = take(reader.unit) {
                waiting.removeFirst()
                reader.completion(bytes)
            } else if isClosed || endsNextRead {
                endsNextRead = false
                waiting.removeFirst()
                reader.completion(nil)
            } else {
                break
            }
        }
        releaseWriters()
    }

    private func take(_ unit: Unit) -> [UInt8]? {
        guard !pending.isEmpty else { return nil }
        guard unit == .line else { return drain() }
        guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else {
            // A writer that has no more room never comes to the end of the line.
            return isClosed || endsNextRead || isBounded && pending.count >= Self.capacity ? drain() : nil
        }
        defer { pending.removeFirst(end + 1) }
        return Array(pending.prefix(end + 1))
    }

    // MARK: Who holds its ends

    func addWriter() { writers += 1 }
    func addReader() { readers += 1 }

    /// The last writer's end is the end of the input for those who read.
    func removeWriter() {
        writers -= 1
        if writers == 0, consumer == nil, file == nil { close() }
    }

    func removeReader(_ owner: ObjectIdentifier) {
        waiting.removeAll { $0.owner == owner }
        readers -= 1
        if readers == 0, !isKeptOpen { breakOff() }
    }

    /// Set for an input that outlives its readers, such as a terminal or a container's own input.
    var isKeptOpen = false
}
