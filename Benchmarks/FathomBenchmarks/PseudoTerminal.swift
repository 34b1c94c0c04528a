import Foundation
import Glibc

/// A program in a terminal of its own, whose screen is thrown away.
final class PseudoTerminal {
    struct SpawnError: Error, CustomStringConvertible {
        let description: String
    }

    /// POSIX_SPAWN_SETSID, which is a feature-test macro that Swift does not see.
    private static let newSession: Int16 = 0x80

    let processID: pid_t
    private let master: Int32

    /// - Parameter environment: added to this process's own.
    init(_ program: String, _ arguments: [String], columns: Int, rows: Int, environment: [String: String]) throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&master, &slave, nil, nil, &size) == 0 else { throw SpawnError(description: "no pseudo-terminal is to be had") }
        defer { close(slave) }
        self.master = master
        processID = try Self.spawn(program, arguments, terminal: slave, environment: environment)
        let descriptor = master
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while read(descriptor, &buffer, buffer.count) > 0 {}
        }
    }

    /// Ends the program and returns when it has gone.
    func end() {
        kill(processID, SIGTERM)
        var status: Int32 = 0
        waitpid(processID, &status, 0)
        close(master)
    }

    /// Presses keys.
    func type(_ text: String) {
        var bytes = Array(text.utf8)
        _ = write(master, &bytes, bytes.count)
    }

    /// What the program has used of processors so far, in seconds.
    var processorTime: Double {
        let text = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
        // Behind the name in parentheses; the fields of user and system time, in ticks.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// What the program has read so far, in bytes: from the network, nearly all of it.
    var bytesRead: Int {
        let text = (try? String(contentsOfFile: "/proc/\(processID)/io", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").first.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0
    }

    /// The largest resident size so far, in bytes.
    var peakMemory: Int { memory("VmHWM:") }

    private func memory(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
        return (line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }

    private static func spawn(_ program: String, _ arguments: [String], terminal: Int32, environment: [String: String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_adddup2(&actions, terminal, descriptor)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, newSession)
        let merged = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in argv + envp { free(pointer) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, program, &actions, &attributes, &argv, &envp)
        guard result == 0 else { throw SpawnError(description: "can't start \(program): \(String(cString: strerror(result)))") }
        return child
    }
}
