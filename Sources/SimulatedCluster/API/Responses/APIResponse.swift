/// The answer to an `APIRequest`.
package struct APIResponse: Sendable {
    package enum Body: Sendable {
        case bytes([UInt8])
        /// Sent as it comes, until the channel is finished: watches and followed logs.
        case stream(ByteChannel)
        /// The connection changes to `protocol`, which was among those that the client offered.
        case session(DuplexSession, protocol: String)
        /// The whole response comes later: what a proxied program answers, in its own time. Status and headers are its own.
        case deferred(DeferredResponse)
    }

    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: Body

    package init(status: Int, headers: [(name: String, value: String)] = [], body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package static func text(_ text: String, status: Int = 200) -> APIResponse {
        APIResponse(status: status, headers: [("content-type", "text/plain; charset=utf-8")], body: .bytes(Array(text.utf8)))
    }
}
