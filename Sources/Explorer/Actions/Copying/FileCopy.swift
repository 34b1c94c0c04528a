import Foundation
import KubernetesClient
import KubernetesModel

/// Copies files between here and a container, by the `tar` that is there.
nonisolated struct FileCopy: Sendable {
    struct Progress: Sendable, Hashable {
        var bytes = 0
        /// Nil while it is not known.
        var total: Int?
        var files = 0
        /// Links that lead out of what is copied, devices and the like.
        var leftOut = 0
    }

    struct Failure: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    typealias Report = @MainActor @Sendable (Progress) -> Void

    let client: ClusterClient
    let pod: String
    let namespace: String
    let container: String?

    // MARK: From the container

    /// - Parameters:
    ///   - path: a file or folder in the container.
    ///   - local: what it becomes; a folder that is there already gets it inside.
    @concurrent func download(_ path: String, to local: String, report: Report) async throws -> Progress {
        let place = RemotePath(path)
        let destination = Self.destination(of: path, in: local)
        // What is named is meant, not the link that it may be.
        let real = RemotePath(try await realPath(place.text))
        var extraction = TarExtraction(of: real.name, to: destination)
        var reader = TarReader()
        var progress = Progress()
        let session = try await start(["tar", "cf", "-", "-C", real.folder, real.name], hasInput: false)
        defer { session.close() }
        var errors: [UInt8] = []
        do {
            while let events = await session.next() {
                for event in events {
                    switch event {
                    case .output(let bytes):
                        for event in try reader.read(bytes) {
                            if case .content(let part) = event { progress.bytes += part.count }
                            try extraction.take(event)
                        }
                    case .error(let bytes): errors += bytes.prefix(max(0, 4096 - errors.count))
                    case .ended(let end): try check(end, errors)
                    }
                }
                (progress.files, progress.leftOut) = (extraction.files, extraction.leftOut)
                await report(progress)
            }
            try Task.checkCancellation()
            guard reader.isComplete else { throw Failure(description: "the archive ended in the middle") }
        } catch {
            extraction.abandon()
            throw error
        }
        return progress
    }

    /// Where `download` puts what is at `path`.
    static func destination(of path: String, in local: String) -> String {
        let name = RemotePath(path).name
        return TextFile.isFolder(local) && name != "." ? RemotePath(local).text + "/" + name : local
    }

    /// What to ask before something is downloaded to a place; nil where nothing is yet.
    static func question(before destination: String) -> String? {
        var status = stat()
        guard lstat(destination, &status) == 0 else { return nil }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        return "\(destination) is here already. \(isFolder ? "Replace the files in it that have the same names?" : "Replace it?")"
    }

    // MARK: Into the container

    /// - Parameter path: what it becomes in the container; a folder that is there already gets it inside.
    @concurrent func upload(_ local: String, to path: String, report: @escaping Report) async throws -> Progress {
        var place = RemotePath(path)
        let isFolder = try await run(["test", "-d", place.text]).exitStatus == 0
        if isFolder || place.name == "." { place = RemotePath(place.text + "/" + RemotePath(local).name) }
        let tree = try LocalTree(local, as: place.name)
        let session = try await start(["tar", "xmof", "-", "-C", place.folder], hasInput: true)
        defer { session.close() }
        return try await withThrowingTaskGroup(of: Progress?.self) { group in
            group.addTask { try await send(tree, to: session, report) }
            group.addTask {
                try await readToEnd(session)
                return nil
            }
            // When the other side has ended, well or not, nothing more is to be sent.
            var sent: Progress?
            for try await part in group {
                if let part { sent = part } else { group.cancelAll() }
            }
            try Task.checkCancellation()
            guard let sent else { throw Failure(description: "tar ended before all was sent") }
            return sent
        }
    }

    /// Nil when it was cancelled before all was sent.
    private func send(_ tree: LocalTree, to session: ExecSession, _ report: Report) async throws -> Progress? {
        var progress = Progress(total: tree.size)
        for member in tree.members {
            await session.write(TarWriter.header(member.entry))
            progress.files += 1
            guard case .file(let size) = member.entry.kind else { continue }
            try await send(member.path, size, to: session) { count in
                progress.bytes += count
                await report(progress)
            }
            if Task.isCancelled { return nil }
        }
        await session.write(TarWriter.end)
        await session.closeInput()
        return progress
    }

    /// A file that shrinks or grows meanwhile still has the size that was announced.
    private func send(_ path: String, _ size: Int, to session: ExecSession, sent: (Int) async -> Void) async throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw Failure(description: "\(path) can't be read: \(String(cString: strerror(errno)))")
        }
        defer { try? file.close() }
        var left = size
        while left > 0, !Task.isCancelled {
            guard let part = try file.read(upToCount: min(left, 64 << 10)), !part.isEmpty else {
                throw Failure(description: "\(path) became shorter while it was read")
            }
            await session.write(Array(part))
            left -= part.count
            await sent(part.count)
        }
        await session.write([UInt8](repeating: 0, count: TarFormat.padding(size)))
    }

    private func readToEnd(_ session: ExecSession) async throws {
        var errors: [UInt8] = []
        while let events = await session.next() {
            for event in events {
                switch event {
                case .output: break
                case .error(let bytes): errors += bytes.prefix(max(0, 4096 - errors.count))
                case .ended(let end): try check(end, errors)
                }
            }
        }
    }

    // MARK: Programs in the container

    private func start(_ command: [String], hasInput: Bool) async throws -> ExecSession {
        try await client.exec(pod: pod, namespace: namespace, ExecOptions(command, container: container, hasInput: hasInput))
    }

    private func run(_ command: [String]) async throws -> ExecResult {
        try await client.run(command, pod: pod, namespace: namespace, container: container)
    }

    /// The path itself where nothing can tell another.
    private func realPath(_ path: String) async throws -> String {
        let result = try await run(["readlink", "-f", path])
        let text = String(decoding: result.output, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        return result.exitStatus == 0 && text.hasPrefix("/") ? text : path
    }

    private func check(_ end: ExecEnd, _ errors: [UInt8]) throws {
        switch end {
        case .exited(0): return
        case .exited(126), .exited(127): throw Self.noTar
        case .exited(let status):
            let lines = String(decoding: errors, as: UTF8.self).split(separator: "\n").map { VisibleText.of(String($0)) }
            // The last line of busybox's only says that there were errors.
            let said = lines.first { !$0.lowercased().contains("removing leading") } ?? "tar ended with status \(status)"
            throw Failure(description: said)
        case .failed(let reason):
            let isMissing = reason.contains("executable file not found") || reason.contains("no such file or directory")
            throw isMissing ? Self.noTar : Failure(description: reason)
        }
    }

    private static let noTar = Failure(
        description: "the container has no tar, by which files are copied; a container to debug with (b) sees its files below /proc/1/root")
}

/// A path taken apart into where something is and what it is called there.
nonisolated struct RemotePath: Sendable, Hashable {
    let text: String

    init(_ text: String) {
        let trimmed = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast(while: "/")) : text
        self.text = trimmed.isEmpty ? "/" : trimmed
    }

    /// `.` for the root.
    var name: String {
        let last = text.split(separator: "/").last.map(String.init) ?? "."
        return [".", ".."].contains(last) ? "." : last
    }

    var folder: String {
        guard name != "." else { return text }
        let parent = text.dropLast(name.count)
        return parent.isEmpty ? "." : parent.count == 1 ? "/" : String(parent.dropLast())
    }
}

extension String {
    fileprivate nonisolated func dropLast(while character: Character) -> Substring {
        var rest = self[...]
        while rest.last == character { rest = rest.dropLast() }
        return rest
    }
}
