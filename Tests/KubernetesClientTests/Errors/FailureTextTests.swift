import Foundation
import NIOCore
import NIOSSL
import Testing

@testable import KubernetesClient

@Suite("Failures as texts")
struct FailureTextTests {
    @Test("what libraries call their own functions and types is no news for a person")
    func libraries() {
        #expect(FailureText.of(IOError(errnoCode: EADDRINUSE, reason: "bind(descriptor:ptr:bytes:)")) == "address already in use")
        #expect(FailureText.of(CancellationError()) == "it was given up")
        #expect(FailureText.of(NIOSSLError.uncleanShutdown) == "the secure connection was cut off")
        #expect(FailureText.of(ChannelError.eof) == "the connection was closed")
        #expect(!FailureText.of(CocoaError(.fileReadNoSuchFile)).contains("NSCocoaErrorDomain"))
    }

    @Test("sentences of our own stay as they are")
    func own() {
        #expect(
            FailureText.of(ClientError(.list, cause: .closedEarly))
                == "Can't list the cluster: the connection was closed before the answer was complete")
    }
}
