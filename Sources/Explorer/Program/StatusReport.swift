import Foundation

/// Tells a test what the program has done: a line per drawn frame in the pipe that `FATHOM_STATUS_FIFO` names.
///
///     frame 12 pending 0 revision 4711
final class StatusReport {
    private let file: FileHandle
    private var frames = 0

    /// Nil where nobody asks for it.
    init?(environment: [String: String]) {
        guard let path = environment["FATHOM_STATUS_FIFO"], let file = FileHandle(forUpdatingAtPath: path) else { return nil }
        self.file = file
    }

    func frameDrawn(pendingWork: Int, revision: String) {
        frames += 1
        try? file.write(contentsOf: Data("frame \(frames) pending \(pendingWork) revision \(revision.isEmpty ? "-" : revision)\n".utf8))
    }
}
