import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// What an error says to a person, as the end of a sentence: libraries name their own functions and types in theirs.
package enum FailureText {
    package static func of(_ error: any Error) -> String {
        switch error {
        case is CancellationError: "it was given up"
        case let error as ClientError.Cause: error.sentence
        case let error as IOError: system(error.errnoCode)
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { of($0.error) } ?? "the name \(error.host) can't be resolved"
        case let error as SocketAddressError: address(error)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: "the secure connection was cut off"
        case is ChannelError, is NIOAsyncWriterError: "the connection was closed"
        case let error as any LocalizedError where error.errorDescription != nil: error.errorDescription ?? ""
        case is CocoaError, is POSIXError, is URLError: error.localizedDescription
        default: "\(error)"
        }
    }

    /// `address already in use`.
    private static func system(_ code: CInt) -> String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }

    private static func address(_ error: SocketAddressError) -> String {
        if case .unknown(let host, _) = error { "there is no address \(host) here" } else { "it is no address" }
    }
}
