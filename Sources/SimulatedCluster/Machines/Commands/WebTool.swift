import KubernetesSemantics

/// BusyBox's `httpd`: serves the files of a directory.
struct WebTool: Program {
    private let port: Int
    private let directory: String
    private let staysInForeground: Bool

    init(words: [String]) {
        var (port, directory, foreground) = (80, ".", false)
        var arguments = words.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "-p": port = arguments.popFirst()?.split(separator: ":").last.flatMap { Int($0) } ?? port
            case "-h": directory = arguments.popFirst() ?? directory
            default: foreground = foreground || (argument.hasPrefix("-") && argument.contains("f"))
            }
        }
        (self.port, self.directory, staysInForeground) = (port, directory, foreground)
    }

    private init(_ other: WebTool) {
        (port, directory, staysInForeground) = (other.port, other.directory, true)
    }

    mutating func receive(_ input: ProgramInput, in context: ProcessContext) -> [ProgramAction] {
        switch input {
        case .start:
            guard context.files.node(at: context.absolute(directory)) == .directory else {
                return [
                    .line("httpd: can't change directory to '\(directory)': No such file or directory", .standardError), .exit(code: 1),
                ]
            }
            if staysInForeground { return [.listen(port: port, transport: .tcp)] }
            let server = Child(body: .program(WebTool(self), name: "httpd"), environment: context.environment, directory: context.directory)
            return [.spawn(server, ticket: 0), .exit(code: 0)]
        case .signal(let signal): return context.defaultAction(for: signal)
        default: return []
        }
    }

    mutating func serve(_ request: NetworkRequest, in context: ProcessContext) -> ServedRequest {
        guard case .http(let request) = request else { return ServedRequest(.accepted) }
        // Normalized before it is joined, so that no path leads out of the directory.
        var path = context.absolute(directory) + FileSystem.normalized(String(request.path.prefix { $0 != "?" }))
        if context.files.node(at: path) == .directory { path += "/index.html" }
        guard let bytes = try? context.files.bytes(of: path) else { return ServedRequest(.http(status: 404, body: Self.missing)) }
        return ServedRequest(.http(HTTPResponse(status: 200, body: bytes)), delay: .milliseconds(1))
    }

    private static let missing = """
        <HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>
        <BODY><H1>404 Not Found</H1>
        The requested URL was not found
        </BODY></HTML>

        """
}
