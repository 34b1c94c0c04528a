import Dispatch
import Foundation

/// The signals by which a person or a supervisor ends a server.
enum TerminationSignal {
    /// Returns when the process is told to end: SIGINT, SIGTERM or SIGHUP.
    static func wait() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
        for await _ in stream { break }
        for source in sources { source.cancel() }
    }
}
