import Foundation

/// The named pipe in which `fathom` tells of each frame it has drawn.
final class StatusPipe {
    let path: String
    /// How many keys and the like the program had answered when it drew its last frame.
    private(set) var answered = 0
    private let descriptor: Int32
    /// The beginning of a line whose end has not come yet.
    private var rest = ""

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
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return false }
        take(String(decoding: bytes.prefix(count), as: UTF8.self))
        return true
    }

    private func take(_ text: String) {
        var lines = (rest + text).split(separator: "\n", omittingEmptySubsequences: false)
        rest = lines.popLast().map(String.init) ?? ""
        let words = lines.last?.split(separator: " ") ?? []
        if let name = words.firstIndex(of: "events"), name + 1 < words.count, let events = Int(words[name + 1]) { answered = events }
    }
}
