import KubernetesModel
import KubernetesSemantics

/// Runs until it is told to stop, and listens where its container says: `pause`, and images that nobody described.
struct IdleProgram: Program {
    var ports: [Int] = []
    /// What it does on SIGTERM: `pause` ends with 0, a program without a handler that is process 1 ignores it.
    var endsOnTerminate = true

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: ports.map { .listen(port: $0, transport: .tcp) }
        case .signal(.terminate), .signal(.interrupt): endsOnTerminate ? [.exit(code: 0)] : []
        default: []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        if case .http = request { return ServedRequest(.http(status: 200, body: "")) }
        return ServedRequest(.accepted)
    }
}

/// A web server of static pages, with the log lines of nginx.
struct WebServer: Program {
    var port = 80

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            [
                .line("/docker-entrypoint.sh: Configuration complete; ready for start up"),
                notice("using the \"epoll\" event method", context), notice("nginx/1.27.1", context),
                notice("start worker processes", context), .listen(port: port, transport: .tcp),
            ]
        case .signal(.terminate), .signal(.interrupt):
            [notice("signal 15 (SIGTERM) received, exiting", context), notice("exit", context), .exit(code: 0)]
        default: []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        guard case .http(let request) = request else { return ServedRequest(.accepted) }
        let (method, path) = (request.method, request.path)
        let file = try? context.files.read("/usr/share/nginx/html" + (path == "/" ? "/index.html" : path))
        let status = !["GET", "HEAD"].contains(method) ? 405 : file != nil || path == "/" ? 200 : 404
        let body: String
        switch status {
        case 200: body = file ?? "<h1>Welcome to nginx!</h1>\n"
        case 404: body = "<h1>404 Not Found</h1>\n"
        default: body = "<h1>405 Not Allowed</h1>\n"
        }
        let time = CalendarText(context.now).text("%d/%b/%Y:%H:%M:%S +0000")
        func field(_ name: String) -> String { "\"\(request.fields.first { $0.name == name }?.value ?? "-")\"" }
        let line =
            "\(request.client?.description ?? "127.0.0.1") - - [\(time)] \"\(method) \(path) HTTP/1.1\" \(status) \(body.utf8.count) "
            + "\(field("referer")) \(field("user-agent")) \(field("x-forwarded-for"))"
        let date = CalendarText(context.now).text("%a, %d %b %Y %H:%M:%S GMT")
        let fields = [HTTPField("server", "nginx/1.27.1"), HTTPField("date", date)]
        let response = HTTPResponse(status: status, fields: fields, body: Array(body.utf8))
        return ServedRequest(.http(response), actions: [.line(line)], delay: .milliseconds(1))
    }

    private func notice(_ text: String, _ context: ProcessContext) -> ProgramAction {
        let time = KubernetesTime.seconds(context.now).replacing("-", with: "/").replacing("T", with: " ").dropLast()
        return .line("\(time) [notice] 1#1: \(text)", .standardError)
    }
}

/// `nginx -t` and its like, which a running server has beside it.
struct NginxCheck: Program {
    private let lines: [String]

    /// Nil for what would start a server.
    init?(words: [String]) {
        let file = "/etc/nginx/nginx.conf"
        switch words.dropFirst().first {
        case "-v", "-V": lines = ["nginx version: nginx/1.27.1"]
        case "-t": lines = ["nginx: the configuration file \(file) syntax is ok", "nginx: configuration file \(file) test is successful"]
        case "-s": lines = []
        default: return nil
        }
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        lines.map { .line($0, .standardError) } + [.exit(code: 0)]
    }
}

/// Tells everybody what they have asked, as the echo server of Kubernetes's tests does.
struct EchoServer: Program {
    var port = 8080

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start: [.listen(port: port, transport: .tcp)]
        case .signal(.terminate), .signal(.interrupt): [.exit(code: 0)]
        default: []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        guard case .http(let request) = request else { return ServedRequest(.accepted) }
        let parts = request.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let fields = (request.fields + [HTTPField("host", request.host)]).sorted { $0.name < $1.name }
        let body = request.body.isEmpty ? "-no body in request-" : String(decoding: request.body, as: UTF8.self)
        let text = """


            Hostname: \(context.hostname)

            Request Information:
            \tmethod=\(request.method)
            \treal path=\(request.path)
            \tquery=\(parts.count > 1 ? parts[1] : "")
            \trequest_version=1.1
            \trequest_scheme=http
            \trequest_uri=http://\(request.host)\(request.path)

            Request Headers:
            \(fields.map { "\t\($0.name)=\($0.value)\n" }.joined())
            Request Body:
            \t\(body)


            """
        return ServedRequest(.http(status: 200, body: text), delay: .milliseconds(1))
    }
}
