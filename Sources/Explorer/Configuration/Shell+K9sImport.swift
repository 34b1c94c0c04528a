import Foundation
import TextUI

extension Shell {
    /// On the first start, where K9s has settings and Fathom has none, offers to take them over. Whoever declines is not asked again.
    func offerK9sImport() {
        guard let folder = ConfigurationFolder.url(options.environment), !FileManager.default.fileExists(atPath: folder.path),
            let importing = K9sImport(environment: options.environment), importing.finds
        else { return }
        let question = ConfirmationLayer.Question(
            title: "Coming from K9s?",
            text: [
                "Fathom can take over its aliases, hotkeys, plugins, views, jumps and skins.",
                "Nothing of K9s's is changed; `fathom import-k9s` does the same later.",
            ],
            requests: importing.sources.map { "read \($0)" } + ["write \(folder.path)"], verb: "Take over"
        )
        let layer = ConfirmationLayer(question, shell: self) { [weak self] _ in self?.take(importing) }
        layer.onCancel = { try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
        compositor.push(layer)
    }

    private func take(_ importing: K9sImport) {
        let steps = importing.run()
        let taken = steps.count { $0.outcome == .taken }
        onSession(session)
        let lines = steps.flatMap { step in step.problems.map { "\(step.source): \($0)" } }
        guard !lines.isEmpty else { return report(.info, "Took over \(taken) files of K9s's") }
        report(.warning, "Took over \(taken) files of K9s's, not all of them in full")
        let screen = PlainTextScreen(
            title: "import", heading: "Not taken over[\(lines.count)]", text: lines.joined(separator: "\n"), shell: self)
        screen.pane.wraps = true
        screen.pane.wrapsAtWords = true
        push(screen)
    }
}
