import CNcurses
import Dispatch
import Glibc
package import TextUI

/// The terminal byte for byte, while it is lent to a session: what is typed comes out, what is written goes to the screen.
package final class RawTerminal {
    /// What is typed, piece by piece.
    package let input: AsyncStream<[UInt8]>
    /// New sizes of the terminal.
    package let sizes: AsyncStream<Size>
    package private(set) var size: Size

    private let typed: AsyncStream<[UInt8]>.Continuation
    private let resized: AsyncStream<Size>.Continuation
    private var modes = termios()
    private var source: (any DispatchSourceRead)?

    init(size: Size) {
        self.size = size
        (input, typed) = AsyncStream.makeStream()
        (sizes, resized) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        tcgetattr(STDIN_FILENO, &modes)
        var raw = modes
        cfmakeraw(&raw)
        tcsetattr(STDIN_FILENO, TCSANOW, &raw)
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
        source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.read() } }
        source.resume()
        self.source = source
    }

    func stop() {
        source?.cancel()
        source = nil
        typed.finish()
        resized.finish()
        tcsetattr(STDIN_FILENO, TCSANOW, &modes)
    }

    func resize(to size: Size) {
        self.size = size
        resized.yield(size)
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(STDIN_FILENO, &bytes, bytes.count)
        if count > 0 {
            typed.yield(Array(bytes.prefix(count)))
        } else if count == 0 {
            typed.finish()
            // A terminal that is gone stays readable for ever.
            source?.cancel()
        }
    }

    /// Writes all of it; a terminal that is gone swallows it.
    package func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var poll = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                _ = Glibc.poll(&poll, 1, 1000)
            } else if errno != EINTR {
                return
            }
        }
    }
}
