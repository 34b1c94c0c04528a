import KubernetesModel
import TextUI

/// Turns a line of a log into what is drawn.
struct LogLineStyle {
    let theme: Theme
    let showsTimestamps: Bool
    let showsSource: Bool
    let highlight: TextSearch?

    func line(_ entry: LogEntry, width: Int) -> StyledText {
        switch entry.kind {
        case .mark: return StyledText(String(repeating: "─", count: max(0, width)), theme[.logMark])
        case .notice: return StyledText("── \(SafeText.line(entry.text)) ", theme[.logMark])
        case .output: break
        }
        var line = StyledText()
        // To the millisecond, which is as far as people compare.
        if showsTimestamps, let time = entry.time { line.append(KubernetesTime.text(time, digits: 3) + " ", theme[.muted]) }
        if showsSource { line.append(SafeText.line(entry.source) + " ", theme[.logSource]) }
        var text = ANSIText.parse(entry.text, base: baseStyle(of: entry.text))
        if let highlight {
            let matches = highlight.matches(in: text.plain)
            text = matches.reduce(text) { text, range in text.restyled(range) { _ in theme[.searchMatch] } }
        }
        return line + text
    }

    /// Lines that call themselves errors or warnings look so.
    private func baseStyle(of text: String) -> Style {
        let beginning = text.prefix(200)
        if Self.errorWords.contains(where: { beginning.contains($0) }) {
            return theme[.log].with(foreground: theme[.statusError].foreground)
        }
        if Self.warningWords.contains(where: { beginning.contains($0) }) {
            return theme[.log].with(foreground: theme[.statusPending].foreground)
        }
        return theme[.log]
    }

    private static let errorWords = ["ERROR", "FATAL", "PANIC", "level=error", "level=fatal", "\"level\":\"error\"", "\"level\":\"fatal\""]
    private static let warningWords = ["WARN", "level=warn", "\"level\":\"warn"]
}
