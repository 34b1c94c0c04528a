import AsyncHTTPClient
import NIOCore

/// The lines of a container's log, in batches as they arrive.
///
/// Nothing is read ahead of the consumer: a log that is written faster than it is looked at waits in the server. A stream
/// that follows ends when the container does; one that breaks off throws, and `position` says where to resume.
package struct LogStream: AsyncSequence, Sendable {
    package typealias Element = [LogLine]
    package typealias Failure = ClientError

    private let response: HTTPClientResponse
    private let call: APICall
    private let client: ClusterClient
    private let options: LogOptions

    init(_ response: HTTPClientResponse, of call: APICall, client: ClusterClient, options: LogOptions) {
        self.response = response
        self.call = call
        self.client = client
        self.options = options
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(
            body: response.body.makeAsyncIterator(), decoder: LogDecoder(resumesAfter: options.resumesAfter),
            position: options.resumesAfter, call: call, client: client
        )
    }

    package struct Iterator: AsyncIteratorProtocol {
        package typealias Element = [LogLine]
        package typealias Failure = ClientError

        private var body: HTTPClientResponse.Body.AsyncIterator
        private var decoder: LogDecoder
        private var hasEnded = false
        private let call: APICall
        private let client: ClusterClient
        /// Behind the last line handed out; nil before the first.
        package private(set) var position: LogPosition?

        fileprivate init(
            body: HTTPClientResponse.Body.AsyncIterator, decoder: LogDecoder, position: LogPosition?, call: APICall,
            client: ClusterClient
        ) {
            self.body = body
            self.decoder = decoder
            self.position = position
            self.call = call
            self.client = client
        }

        package mutating func next() async throws(ClientError) -> [LogLine]? {
            while !hasEnded {
                let lines = try await nextPart()
                guard !lines.isEmpty else { continue }
                position = LogPosition.after(lines, previous: position)
                return lines
            }
            return nil
        }

        private mutating func nextPart() async throws(ClientError) -> [LogLine] {
            do {
                guard let part = try await body.next() else {
                    hasEnded = true
                    return decoder.finish()
                }
                client.contact.heard()
                return part.withUnsafeReadableBytes { decoder.append($0) }
            } catch {
                hasEnded = true
                throw call.error(client.cause(of: error))
            }
        }
    }
}
