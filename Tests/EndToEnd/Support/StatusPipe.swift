import Foundation

/// The named pipe in which `fathom` tells of each frame it has drawn.
final class StatusPipe {
    let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        guard mkfifo(path, 0o600) == 0 else { throw TerminalSession.Failure(description: "can't make \(path)") }
        // Opened without waiting for the writer, then read with waiting.
        descriptor = open(path, O_RDONLY | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFL, 0)
    }

    deinit {
        close(descriptor)
    }

    /// Returns when lines have come, with all of them read; false when the program has ended, or says nothing for a minute.
    func waitForFrame() -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 60_000) > 0 else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        return read(descriptor, &bytes, bytes.count) > 0
    }
}
