import Foundation

/// A person at work: the explorer in a terminal, on a served cluster of its own. Each step waits for what it leads to.
final class Workplace {
    let cluster: ServedCluster
    let session: TerminalSession

    /// - Parameters:
    ///   - command: what the explorer starts with.
    ///   - manifests: created in the cluster before.
    ///   - editor: stands in for a person's, with arguments.
    init(_ command: String, manifests: String = "", editor: String = "false", arguments: [String] = []) async throws {
        cluster = try ServedCluster(scenario: "demo")
        if !manifests.isEmpty { try await cluster.create(manifests) }
        session = try TerminalSession(
            width: 120, height: 40, arguments: ["--kubeconfig", cluster.kubeconfig, "--command", command] + arguments,
            environment: ["FATHOM_EDITOR": editor]
        )
        // Keys that come before the program has the terminal go to nobody.
        try session.wait(for: "⎈ demo")
    }

    var screen: String {
        get throws { try session.screen }
    }

    func wait(for text: String) throws {
        try session.wait(for: text)
    }

    /// Presses keys, and waits for what the last one shows.
    func press(_ keys: String..., shows text: String) throws {
        for key in keys { try session.press(key) }
        try session.wait(for: text)
    }

    /// Presses a key that asks for a text, and gives it.
    func press(_ key: String, type text: String, shows result: String) throws {
        try session.press(key)
        try session.type(text)
        try press("Enter", shows: result)
    }

    /// Gives a command to the `:` prompt.
    func run(_ command: String, shows text: String) throws {
        try press(":", type: command, shows: text)
    }

    /// The words on the screen that begin like this, from the top.
    func names(_ start: String) throws -> [Substring] {
        try screen.split { " \n│▸!✗".contains($0) }.filter { $0.hasPrefix(start) }
    }

    /// The first line of the screen that holds a text.
    func line(with text: String) throws -> Substring {
        try screen.split(separator: "\n").first { $0.contains(text) } ?? ""
    }
}
