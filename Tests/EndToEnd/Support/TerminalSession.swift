import Foundation
import Glibc

/// The built `fathom` in a real terminal: a tmux of its own. It waits for what the program says of itself, never for time.
final class TerminalSession {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let tmux = URL(filePath: "/usr/bin/tmux")
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: tmux.path) }

    private let name = "fathom-\(UUID().uuidString.prefix(8))"
    private let folder: URL
    private let status: StatusPipe
    /// How many keys were pressed.
    private var pressed = 0

    /// - Parameter hearsHangUp: false where nobody is to signal the program when its terminal goes.
    init(width: Int, height: Int, arguments: [String], environment: [String: String] = [:], hearsHangUp: Bool = true) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        status = try StatusPipe(path: folder.appending(path: "status").path)
        var variables = environment
        variables["FATHOM_STATUS_FIFO"] = status.path
        variables["XDG_CONFIG_HOME"] = folder.path
        variables["XDG_STATE_HOME"] = folder.appending(path: "state").path
        variables["LANG"] = "C.UTF-8"
        let assignments = variables.map { "\($0.key)=\($0.value)" }.sorted()
        // What the terminal shows after the program is part of what is tested: a shell line keeps the pane open.
        let words = ["env"] + assignments + [Program.fathom.path] + arguments
        let line = (hearsHangUp ? "" : "trap '' HUP; ") + words.map { "'\($0)'" }.joined(separator: " ") + "; echo exit=$?; cat"
        try startServer(["new-session", "-d", "-s", name, "-x", "\(width)", "-y", "\(height)", line])
    }

    /// tmux's server stays and keeps every descriptor it was given. `Process` takes a child for running while one of its own is open,
    /// so this child is started by hand.
    private func startServer(_ words: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        for descriptor in 0..<Int32(3) { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) }
        // Whatever else this process inherited, such as the lock of whoever runs the tests, is none of the server's business.
        for descriptor in 3..<Int32(1024) { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var arguments = ([Self.tmux.path, "-u", "-L", name, "-f", "/dev/null"] + words).map { strdup($0) } + [nil]
        var child: pid_t = 0
        let failure = posix_spawn(&child, Self.tmux.path, &actions, nil, &arguments, environ)
        arguments.forEach { free($0) }
        posix_spawn_file_actions_destroy(&actions)
        var status: Int32 = 0
        guard failure == 0, waitpid(child, &status, 0) == child, status == 0 else { throw Failure(description: "tmux can't be started") }
    }

    deinit {
        takeAway()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Takes the terminal away from the program.
    func takeAway() {
        // Asked to end, the server may stay for its panes' sake, and with it all that it was given; killed, it takes the program along.
        let server = (try? tmux("display-message", "-p", "#{pid}")).flatMap { Int32($0.filter(\.isNumber)) }
        _ = try? tmux("kill-server")
        if let server { kill(server, SIGKILL) }
    }

    /// Waits until the program has ended, whose screen nobody sees any more.
    func waitForUnseenEnd() throws {
        let deadline = Date.now + 60
        while status.waitForFrame() {
            guard Date.now < deadline else { throw Failure(description: "fathom goes on without a terminal") }
        }
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        let result = try Program.run(Self.tmux, ["-u", "-L", name, "-f", "/dev/null"] + arguments)
        guard result.status == 0 else { throw Failure(description: "tmux \(arguments.joined(separator: " ")): \(result.errors)") }
        return result.output
    }

    var screen: String {
        get throws { try tmux("capture-pane", "-p", "-t", name) }
    }

    /// Presses keys, by tmux's names for them, each after the one before was answered: a terminal can't tell Esc and a key that follows at
    /// once from Alt with that key.
    /// - Throws: when the program draws on for a minute without an answer. Ending is one.
    func press(_ keys: String...) throws {
        for key in keys { try answered(1) { try tmux("send-keys", "-t", name, key) } }
    }

    /// Types a text as a person does, who looks at it when it is there.
    func type(_ text: String) throws {
        try answered(text.unicodeScalars.count) { try send(text) }
    }

    /// Types a text for what else has the terminal.
    func send(_ text: String) throws {
        try tmux("send-keys", "-t", name, "-l", text)
    }

    /// Pastes a text, marked as the terminal marks what is pasted; it is one event.
    func paste(_ text: String) throws {
        try answered(1) { try send("\u{1B}[200~\(text)\u{1B}[201~") }
    }

    private func answered(_ count: Int, _ send: () throws -> Void) throws {
        pressed += count
        try send()
        let deadline = Date.now + 60
        while status.answered < pressed, status.waitForFrame() {
            guard Date.now < deadline else { throw Failure(description: "fathom never answered key \(pressed):\n\(try screen)") }
        }
    }

    func resize(width: Int, height: Int) throws {
        try tmux("resize-window", "-t", name, "-x", "\(width)", "-y", "\(height)")
    }

    /// The process id of the program.
    var program: Int32 {
        get throws {
            let pane = try tmux("display-message", "-p", "-t", name, "#{pane_pid}").filter(\.isNumber)
            let children = try String(contentsOfFile: "/proc/\(pane)/task/\(pane)/children", encoding: .utf8)
            guard let id = children.split(separator: " ").first.flatMap({ Int32($0) }) else {
                throw Failure(description: "fathom is not running:\n\(try screen)")
            }
            return id
        }
    }

    /// Waits until the screen shows a text, looking again at every frame that the program draws: one a second at least, also while
    /// something else has the terminal.
    /// - Throws: when the program ends before it does, or draws on for two minutes without it.
    func wait(for text: String) throws {
        let deadline = Date.now + 120
        while try !screen.contains(text) {
            guard Date.now < deadline else { throw Failure(description: "fathom never showed \(text):\n\(try screen)") }
            guard status.waitForFrame() else {
                // The last frame and what follows the program's end come after its last line.
                if try screen.contains(text) { return }
                throw Failure(description: "fathom ended without showing \(text):\n\(try screen)")
            }
        }
    }

    /// Waits until the screen no longer shows a text.
    func wait(untilGone text: String) throws {
        while try screen.contains(text) { try waitForFrame() }
    }

    /// Waits until the program has drawn again.
    func waitForFrame() throws {
        guard status.waitForFrame() else { throw Failure(description: "fathom draws no more:\n\(try screen)") }
    }

    /// Waits until the program has ended.
    func waitForEnd() throws {
        while status.waitForFrame() {}
        // The shell's line is on its way to tmux now; asking again is all there is to wait on.
        for _ in 0..<1_000 where try screen.contains("exit=") { return }
        throw Failure(description: "the shell told of no end of fathom:\n\(try screen)")
    }
}
