import Foundation
import Glibc

/// The pipe into which a measured explorer writes a line per drawn frame: `frame N pending P revision R events E latency L`.
final class StatusPipe {
    let path: String
    private let descriptor: Int32
    private var buffered: [UInt8] = []

    init(in folder: URL) throws {
        path = folder.appending(path: "status").path
        guard mkfifo(path, 0o600) == 0 else { throw PseudoTerminal.SpawnError(description: "can't make the pipe \(path)") }
        // Open for both directions, so that neither side waits for the other.
        descriptor = open(path, O_RDWR | O_CLOEXEC)
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Waits for a frame that shows everything: nothing is pending, and something was read.
    /// - Returns: false when the program didn't get there in time.
    func waitForFullFrame(seconds: Int) -> Bool {
        wait(seconds: seconds) { $0[3] == "0" && $0[5] != "-" }
    }

    /// Waits for the frame that answers the `count`th key.
    /// - Returns: the milliseconds that this took by the explorer's own clock; nil when it was not answered in time.
    func waitForAnswer(to count: Int, seconds: Int) -> Double? {
        var latency: Double?
        _ = wait(seconds: seconds) { words in
            guard Int(words[7]) ?? 0 >= count else { return false }
            latency = Double(words[9]).map { $0 / 1000 }
            return true
        }
        return latency
    }

    private func wait(seconds: Int, _ isMeant: ([Substring]) -> Bool) -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            guard let line = nextLine(until: deadline) else { return false }
            let words = line.split(separator: " ")
            if words.count == 10, isMeant(words) { return true }
        }
        return false
    }

    private func nextLine(until deadline: ContinuousClock.Instant) -> String? {
        while true {
            if let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffered.removeFirst(end + 1) }
                return String(decoding: buffered[..<end], as: UTF8.self)
            }
            var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard poll(&poller, 1, Int32(max(0, left))) > 0 else { return nil }
            var chunk = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return nil }
            buffered += chunk[..<count]
        }
    }
}
