/// A TCP connection from the kubelet into a pod, to whoever listens there.
final class PodConnection {
    private let listener: Process
    private let runner: ProcessRunner
    private let send: ([UInt8]) -> Void
    private let hasRoom: () -> Bool
    private let whenClosed: () -> Void
    private var conversation = ServerConversation()
    /// Answers go out in the order of their requests.
    private var queue: [ServerConversation.Message] = []
    private var isAnswering = false
    private var isInputOver = false
    private var isClosed = false

    /// How long a server may take over an answer.
    private static let timeout = Duration.seconds(60)
    /// With more requests than this waiting the client should send no more.
    private static let mostWaiting = 100

    /// - Parameter hasRoom: whether the client takes more answers now; `answerNext` is to be called when it does again.
    init(
        to listener: Process, runner: ProcessRunner, send: @escaping ([UInt8]) -> Void, hasRoom: @escaping () -> Bool,
        whenClosed: @escaping () -> Void
    ) {
        self.listener = listener
        self.runner = runner
        self.send = send
        self.hasRoom = hasRoom
        self.whenClosed = whenClosed
        listener.connect(self) { [weak self] in self?.close() }
    }

    deinit { listener.disconnect(self) }

    func receive(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        queue += conversation.receive(bytes)
        answerNext()
    }

    /// The client sends no more: what it asked for is still answered.
    func endInput() {
        isInputOver = true
        answerNext()
    }

    /// Whether it has more to do than should wait.
    var isBusy: Bool { queue.count > Self.mostWaiting }

    /// Goes on with what waits, if there is something and the client takes it.
    func answerNext() {
        guard !isAnswering, !isClosed, hasRoom() else { return }
        guard !queue.isEmpty else { return isInputOver ? close() : () }
        switch queue.removeFirst() {
        case .http(let request, let keepsAlive):
            ask(.http(request)) { connection, response in
                connection.answer(response, isHead: request.method == "HEAD", keepsAlive: keepsAlive)
            }
        case .command(let text):
            ask(.command(text)) { connection, response in
                if case .reply(let text) = response { connection.send(Array("\(text)\r\n".utf8)) }
            }
        case .malformed:
            let refusal = HTTPResponse(status: 400, body: Array("400 Bad Request\n".utf8))
            send(ServerConversation.bytes(of: refusal, keepsAlive: false, withoutBody: false))
            close()
        }
    }

    private func ask(_ request: NetworkRequest, then answer: @escaping (PodConnection, NetworkResponse) -> Void) {
        isAnswering = true
        runner.ask(listener, request, timeout: Self.timeout) { [weak self] result in
            guard let self else { return }
            isAnswering = false
            guard case .response(let response) = result else { return close() }
            answer(self, response)
            answerNext()
        }
    }

    private func answer(_ response: NetworkResponse, isHead: Bool, keepsAlive: Bool) {
        // A server of another protocol hangs up on HTTP.
        guard case .http(let response) = response else { return close() }
        send(ServerConversation.bytes(of: response, keepsAlive: keepsAlive, withoutBody: isHead))
        if !keepsAlive { close() }
    }

    private func close() {
        guard !isClosed else { return }
        isClosed = true
        listener.disconnect(self)
        whenClosed()
    }
}
