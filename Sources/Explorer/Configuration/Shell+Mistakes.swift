import TextUI

/// What the files of the configuration have wrong.
extension Shell {
    /// As many are told one by one; the others are counted.
    private static let mostMistakes = 10

    /// Tells of what can't be read: on the screen the first, and where the others stand.
    func report(problems: [String]) {
        // What is known already does not come again with each context and each change of a file.
        let news = problems.filter { !mistakes.contains($0) }
        mistakes = problems
        guard let first = news.first else { return }
        report(.warning, problems.count == 1 ? first : "\(first) (and \(problems.count - 1) more: :mistakes)", logged: first)
        for problem in news.dropFirst().prefix(Self.mostMistakes) { log?.write(.warn, problem) }
    }

    /// Which kinds there are is known only after the files have been read.
    private func learnUnknownKinds() {
        mistakes += unknownKinds.filter { !mistakes.contains($0) }
    }

    private var toldMistakes: [String] {
        let more = mistakes.count - Self.mostMistakes
        return mistakes.prefix(Self.mostMistakes) + (more > 0 ? ["and \(more) more"] : [])
    }

    /// `:mistakes`.
    func openMistakes() {
        learnUnknownKinds()
        guard !mistakes.isEmpty else { return report(.info, "The files of the configuration have nothing wrong") }
        let text = toldMistakes.joined(separator: "\n")
        let screen = PlainTextScreen(
            title: "mistakes", heading: "Mistakes in the configuration[\(mistakes.count)]", text: text, shell: self)
        screen.pane.wraps = true
        screen.pane.wrapsAtWords = true
        push(screen)
    }
}
