import AsyncHTTPClient
import NIOHTTP1

/// An answer whose head is there, with its body still to come.
struct OpenedAnswer: Sendable {
    let response: HTTPClientResponse
    /// The connections used, for who finds them dead later.
    let lease: Connections.Lease
    /// When its request was sent.
    let start: ContinuousClock.Instant
    /// How long all of it may take where it has an end.
    let limit: Duration

    var status: HTTPResponseStatus { response.status }
    var body: HTTPClientResponse.Body { response.body }

    /// For who reads an answer that has an end: a server that always says a little more is never silent.
    /// - Throws: `.answerTooSlow` once it has taken too long.
    func checkTime() throws(ClientError.Cause) {
        if ContinuousClock.now - start > limit { throw .answerTooSlow(limit: limit) }
    }
}
