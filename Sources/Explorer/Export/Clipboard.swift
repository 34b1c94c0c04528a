import Foundation
import KubernetesClient
import KubernetesModel

/// Text for the clipboard: that of the terminal, over however many connections it is away (OSC 52), and that of this machine's desktop,
/// which also terminals without OSC 52 stand on.
enum Clipboard {
    /// What many terminals take at most.
    static let limit = 74_994

    /// Nil for a text that is too long.
    /// - Parameter environment: tells whether tmux or screen stand in between. Screen passes on only what is wrapped for it; tmux takes
    ///   either, as it is set up.
    static func sequence(_ text: String, environment: [String: String]) -> [UInt8]? {
        let encoded = Base64.encode(text.utf8)
        guard encoded.utf8.count <= limit else { return nil }
        let plain = "\u{1B}]52;c;\(encoded)\u{07}"
        if environment["TMUX"] != nil {
            return Array("\(plain)\u{1B}Ptmux;\(plain.replacing("\u{1B}", with: "\u{1B}\u{1B}"))\u{1B}\\".utf8)
        }
        return Array((environment["TERM"]?.hasPrefix("screen") == true ? "\u{1B}P\(plain)\u{1B}\\" : plain).utf8)
    }

    /// The programs that fill the clipboard of the desktop that the environment tells of; empty without one.
    static func programs(_ environment: [String: String]) -> [[String]] {
        if environment["WAYLAND_DISPLAY"]?.isEmpty == false { return [["wl-copy"]] }
        guard environment["DISPLAY"]?.isEmpty == false else { return [] }
        return [["xclip", "-selection", "clipboard", "-in"], ["xsel", "--clipboard", "--input"]]
    }

    /// Gives the text to the first of the programs that is there.
    static func copyLocally(_ text: String, environment: [String: String]) async {
        for words in programs(environment) {
            let program = Program(path: "/usr/bin/env", arguments: words, environment: environment, input: Array(text.utf8))
            let result = try? await ProgramRunner.processes(timeLimit: .seconds(5)).run(program)
            // Whoever owns the selection goes on running: only a program that is not there says so at once.
            if result?.status != 127 { return }
        }
    }
}

extension Shell {
    func copy(_ text: String, what: String) {
        guard !text.isEmpty else { return report(.info, "There is nothing to copy") }
        guard let bytes = Clipboard.sequence(text, environment: options.environment) else {
            return report(.warning, "\(what) is too much for the clipboard: Ctrl-S saves it")
        }
        terminalAccess?.send(bytes)
        let environment = options.environment
        work.run { await Clipboard.copyLocally(text, environment: environment) }
        report(.info, "Copied \(what)")
    }
}
