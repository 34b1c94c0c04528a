import Foundation

/// Tells a test what the program has done: a line per drawn frame in the pipe that `FATHOM_STATUS_FIFO` names.
///
///     frame 12 pending 0 revision 4711 events 3 latency 1840
final class StatusReport {
    private let file: FileHandle
    private var frames = 0

    /// Nil where nobody asks for it.
    init?(environment: [String: String]) {
        guard let path = environment["FATHOM_STATUS_FIFO"], let file = FileHandle(forUpdatingAtPath: path) else { return nil }
        // A reader that is gone must not stop the explorer.
        _ = fcntl(file.fileDescriptor, F_SETFL, O_WRONLY | O_NONBLOCK)
        self.file = file
    }

    /// - Parameters:
    ///   - events: how many keys and the like were answered so far, this frame included.
    ///   - latency: from the arrival of the key that the frame answers, told in microseconds; nil for a frame that answers none.
    func frameDrawn(pendingWork: Int, revision: String, events: Int, latency: Duration?) {
        frames += 1
        let micros = latency.map { "\(Int($0 / .microseconds(1)))" } ?? "-"
        let line =
            "frame \(frames) pending \(pendingWork) revision \(revision.isEmpty ? "-" : revision) events \(events) latency \(micros)\n"
        try? file.write(contentsOf: Data(line.utf8))
    }
}
