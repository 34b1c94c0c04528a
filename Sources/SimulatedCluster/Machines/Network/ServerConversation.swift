/// The bytes that a client sends to a server, as the requests they mean: HTTP where they begin like it, else lines of text.
struct ServerConversation {
    enum Message: Equatable {
        case http(HTTPRequest, keepsAlive: Bool)
        case command(String)
        /// Nothing more can be understood.
        case malformed
    }

    private enum Kind {
        case http
        case lines
    }

    private static let limit = 64 << 10
    /// What a body has beyond this is thrown away: no program here wants more.
    private static let bodyLimit = 1 << 20
    /// Fields about the connection, which a program doesn't see.
    private static let connectionFields: Set<String> = ["host", "connection", "transfer-encoding", "keep-alive", "expect"]
    private static let methods = ["GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS ", "CONNECT ", "TRACE "]

    private var pending: [UInt8] = []
    private var kind: Kind?
    /// The request whose body is still coming.
    private var incoming: (request: HTTPRequest, keepsAlive: Bool)?
    /// How many bytes of the body, or of the chunk at hand, are still to come; and then how many that are none of it.
    private var rest = 0
    private var gap = 0
    private var isInChunks = false

    /// Takes bytes in, and gives the requests that are complete by now.
    mutating func receive(_ bytes: [UInt8]) -> [Message] {
        pending += bytes
        var messages: [Message] = []
        while let message = next() {
            messages.append(message)
            if message == .malformed {
                pending = []
                break
            }
        }
        return messages
    }

    private mutating func next() -> Message? {
        if let message = requestWithBody() { return message }
        guard incoming == nil, !pending.isEmpty else { return nil }
        if kind == nil { kind = recognized }
        switch kind {
        case .http: return request()
        case .lines: return line().map(Message.command)
        case nil: return nil
        }
    }

    /// Nil while the first bytes could still become either.
    private var recognized: Kind? {
        let start = String(decoding: pending.prefix(8), as: UTF8.self)
        if Self.methods.contains(where: start.hasPrefix) { return .http }
        return Self.methods.contains { $0.hasPrefix(start) } ? nil : .lines
    }

    // MARK: HTTP

    private mutating func request() -> Message? {
        let end = Array("\r\n\r\n".utf8)
        guard let range = pending.firstRange(of: end) else { return pending.count > Self.limit ? .malformed : nil }
        let head = String(decoding: pending[..<range.lowerBound], as: UTF8.self)
        pending.removeSubrange(..<range.upperBound)
        let lines = head.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        guard words.count == 3, words[2].hasPrefix("HTTP/1."), words[1].hasPrefix("/") || words[1] == "*" else { return .malformed }
        var fields: [HTTPField] = []
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return .malformed }
            let value = line[line.index(after: colon)...]
            fields.append(HTTPField(line[..<colon].lowercased(), String(value.drop { $0 == " " })))
        }
        func value(_ name: String) -> String? { fields.last { $0.name == name }?.value }
        isInChunks = value("transfer-encoding")?.lowercased() == "chunked"
        rest = isInChunks ? 0 : max(0, value("content-length").flatMap { Int($0) } ?? 0)
        let connection = value("connection")?.lowercased()
        let keepsAlive = words[2] == "HTTP/1.0" ? connection == "keep-alive" : connection != "close"
        let kept = fields.filter { !Self.connectionFields.contains($0.name) }
        incoming = (HTTPRequest(method: words[0], path: words[1], host: value("host") ?? "", fields: kept), keepsAlive)
        return requestWithBody()
    }

    /// The request at hand once its body is here.
    private mutating func requestWithBody() -> Message? {
        guard incoming != nil else { return nil }
        while true {
            take()
            guard rest == 0, gap == 0 else { return nil }
            guard isInChunks else { break }
            guard let line = line() else { return nil }
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16), size >= 0, size < 1 << 40 else { return .malformed }
            isInChunks = size > 0
            // Each chunk, and the last one's missing trailer, ends with an empty line.
            (rest, gap) = (size, 2)
        }
        defer { incoming = nil }
        return incoming.map { .http($0.request, keepsAlive: $0.keepsAlive) }
    }

    private mutating func take() {
        let count = min(rest, pending.count)
        let room = Self.bodyLimit - (incoming?.request.body.count ?? 0)
        incoming?.request.body += pending.prefix(min(count, room))
        let skipped = min(gap, pending.count - count)
        pending.removeFirst(count + skipped)
        rest -= count
        gap -= skipped
    }

    // MARK: Lines

    private mutating func line() -> String? {
        guard let end = pending.firstIndex(of: UInt8(ascii: "\n")) else {
            if pending.count > Self.limit { pending = [] }
            return nil
        }
        defer { pending.removeFirst(end + 1) }
        let line = String(decoding: pending[..<end], as: UTF8.self)
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
    }

    // MARK: Answers

    /// The bytes of an HTTP answer.
    static func bytes(of response: HTTPResponse, keepsAlive: Bool, withoutBody: Bool) -> [UInt8] {
        let end = [HTTPField("content-length", String(response.body.count)), HTTPField("connection", keepsAlive ? "keep-alive" : "close")]
        let fields = (response.fields + end).map { "\(capitalized($0.name)): \($0.value)\r\n" }.joined()
        let head = "HTTP/1.1 \(response.status) \(phrases[response.status] ?? "Status")\r\n\(fields)\r\n"
        return Array(head.utf8) + (withoutBody ? [] : response.body)
    }

    private static func capitalized(_ name: String) -> String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }

    private static let phrases = [
        200: "OK", 201: "Created", 204: "No Content", 301: "Moved Permanently", 302: "Found", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 429: "Too Many Requests", 500: "Internal Server Error",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
