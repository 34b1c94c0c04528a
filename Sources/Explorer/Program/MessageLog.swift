import Foundation
import KubernetesModel

/// A file with what the explorer told: messages, changes to clusters, connections lost and found again. Never what objects hold.
package final class MessageLog {
    nonisolated package enum Level: String, Sendable, CaseIterable, Comparable {
        case debug, info, warn, error

        package static func < (left: Level, right: Level) -> Bool {
            allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
        }
    }

    /// Which of them, and where.
    nonisolated package struct Settings: Sendable, Hashable {
        package var path: String
        package var level: Level

        package init(path: String, level: Level) {
            self.path = path
            self.level = level
        }
    }

    private let file: FileHandle
    private let level: Level
    private let now: @Sendable () -> Instant

    /// Goes on with the file where there is one; only its owner may read it.
    /// - Throws: `ExportError` where it can't be written.
    init(_ settings: Settings, now: @escaping @Sendable () -> Instant) throws {
        let folder = URL(filePath: settings.path).deletingLastPathComponent().path
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open(settings.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ExportError(path: settings.path, reason: String(cString: strerror(errno))) }
        // The mode above is that of a new file only.
        fchmod(descriptor, 0o600)
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        level = settings.level
        self.now = now
    }

    /// A log that can't be written any more is no reason to stop.
    func write(_ level: Level, _ text: String) {
        guard level >= self.level else { return }
        let line = "\(KubernetesTime.seconds(now())) \(level.rawValue) \(VisibleText.of(text).replacing("\n", with: " "))\n"
        try? file.write(contentsOf: Data(line.utf8))
    }
}

extension Flash.Level {
    var logged: MessageLog.Level {
        switch self {
        case .info: .info
        case .warning: .warn
        case .error: .error
        }
    }
}
