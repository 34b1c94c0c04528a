/// The bytes that a client sends to a server, as the requests they mean: HTTP where they begin like it, else lines of text.
struct ServerConversation {
    enum Message: Equatable {
        case http(method: String, path: String, host: String, keepsAlive: Bool)
        case command(String)
        /// Nothing more can be understood.
        case malformed
    }

    private enum Kind {
        case http
        case lines
    }

    private static let limit = 64 << 10
    private static let methods = ["GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS ", "CONNECT ", "TRACE "]

    private var pending: [UInt8] = []
    private var kind: Kind?
    /// Bytes of a request's body that nobody reads.
    private var skips = 0
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
        guard skipBody() else { return nil }
        guard !pending.isEmpty else { return nil }
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
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return .malformed }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = String(value.drop { $0 == " " })
        }
        isInChunks = headers["transfer-encoding"]?.lowercased() == "chunked"
        skips = isInChunks ? 0 : max(0, headers["content-length"].flatMap { Int($0) } ?? 0)
        let connection = headers["connection"]?.lowercased()
        let keepsAlive = words[2] == "HTTP/1.0" ? connection == "keep-alive" : connection != "close"
        return .http(method: words[0], path: words[1], host: headers["host"] ?? "", keepsAlive: keepsAlive)
    }

    /// - Returns: whether the body of the last request is over.
    private mutating func skipBody() -> Bool {
        while true {
            let skipped = min(skips, pending.count)
            pending.removeFirst(skipped)
            skips -= skipped
            guard skips == 0 else { return false }
            guard isInChunks else { return true }
            guard let line = line() else { return false }
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16), size >= 0, size < 1 << 40 else {
                isInChunks = false
                return true
            }
            isInChunks = size > 0
            // Each chunk, and the last one's missing trailer, ends with an empty line.
            skips = size + 2
        }
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
    static func httpAnswer(_ status: Int, body: String, keepsAlive: Bool, withoutBody: Bool) -> [UInt8] {
        let head = """
            HTTP/1.1 \(status) \(phrases[status] ?? "Status")\r
            Content-Type: \(contentType(of: body))\r
            Content-Length: \(body.utf8.count)\r
            Connection: \(keepsAlive ? "keep-alive" : "close")\r
            \r

            """
        return Array(head.utf8) + (withoutBody ? [] : Array(body.utf8))
    }

    static func contentType(of body: String) -> String {
        switch body.first(where: { !$0.isWhitespace }) {
        case "<": "text/html"
        case "{", "[": "application/json"
        default: "text/plain; charset=utf-8"
        }
    }

    private static let phrases = [
        200: "OK", 201: "Created", 204: "No Content", 301: "Moved Permanently", 302: "Found", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 429: "Too Many Requests", 500: "Internal Server Error",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
