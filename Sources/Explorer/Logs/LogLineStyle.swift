import KubernetesModel
import TextUI

/// Turns a line of a log into what is drawn: time, level and message first where it has such parts, then the others.
struct LogLineStyle {
    let theme: Theme
    var showsTimestamps = false
    var showsSource = false
    /// Lines as they were written, their parts not told apart.
    var isRaw = false
    /// The parts to show, in this order; nil shows all.
    var fields: [String]?
    /// How wide the chosen parts are drawn, as columns before the message.
    var widths: [String: Int] = [:]
    /// How wide the sources are drawn, so that columns stand below each other.
    var sourceWidth = 0
    var highlight: TextSearch?

    /// - Parameter isCurrent: whether a search or a jump has led to it.
    func line(_ entry: LogEntry, width: Int, isCurrent: Bool = false) -> StyledText {
        guard entry.isBookmarked else { return content(entry, width, isCurrent) }
        return StyledText("★ ", theme[.logMark]) + content(entry, width, isCurrent)
    }

    private func content(_ entry: LogEntry, _ width: Int, _ isCurrent: Bool) -> StyledText {
        switch entry.kind {
        case .mark: return StyledText(String(repeating: "─", count: max(0, width)), theme[.logMark])
        case .notice: return StyledText("── \(entry.text) ", theme[.logMark])
        case .output: break
        }
        let structure = isRaw ? nil : StructuredLine(entry.text)
        var line = StyledText()
        // To the millisecond, which is as far as people compare.
        if showsTimestamps, let time = entry.time { line.append(KubernetesTime.text(time, digits: 3) + " ", theme[.muted]) }
        if showsSource { line.append(SafeText.line(entry.source).padded(to: sourceWidth) + " ", theme[.logSource]) }
        return line
            + highlighted(isCurrent, structure.map { text(of: $0, entry) } ?? ANSIText.parse(entry.text, base: baseStyle(of: entry.text)))
    }

    private func highlighted(_ isCurrent: Bool, _ text: StyledText) -> StyledText {
        guard let highlight else { return text }
        let style = theme[isCurrent ? .currentSearchMatch : .searchMatch]
        return highlight.matches(in: text.plain).reduce(text) { text, range in text.restyled(range) { _ in style } }
    }

    /// The names over chosen parts drawn as columns; nil where none are chosen.
    var header: StyledText? {
        guard let fields, !fields.isEmpty, !isRaw else { return nil }
        let time = showsTimestamps ? "TIME".padded(to: 24) : "TIME".padded(to: 8)
        let source = showsSource ? ["SOURCE".padded(to: sourceWidth)] : []
        let columns = fields.map { TextWidth.truncated(SafeText.line($0).uppercased(), widths[$0] ?? 0).padded(to: widths[$0] ?? 0) }
        let parts = (showsTimestamps ? [time] + source : source + [time]) + ["LEVEL"] + columns + ["MESSAGE"]
        return StyledText(parts.joined(separator: " "), theme[.tableHeader])
    }

    // MARK: Structured lines

    private func text(of line: StructuredLine, _ entry: LogEntry) -> StyledText {
        let style = theme[.log].with(foreground: theme[line.level?.role ?? .log].foreground)
        var text = StyledText()
        if !showsTimestamps, let time = clock(line, entry) { text.append(time + " ", theme[.muted]) }
        text.append((line.level?.label ?? "     ") + " ", style.with(.bold))
        for name in fields ?? [] {
            let value = TextWidth.truncated(line[name] ?? "", widths[name] ?? 0)
            text.append(value.padded(to: widths[name] ?? 0) + " ", theme[.logSource])
        }
        if let message = line.message { text.append(message + "  ", style) }
        for field in fields == nil ? line.fields : [] {
            text.append(field.name + "=", theme[.logSource])
            text.append(field.value + " ", theme[.muted])
        }
        return text
    }

    /// As wide as the widest value of each, up to a limit.
    static func widths(of fields: [String], in entries: some Sequence<LogEntry>) -> [String: Int] {
        var widths = Dictionary(fields.map { ($0, min(12, TextWidth.of(SafeText.line($0)))) }) { first, _ in first }
        for entry in entries where entry.kind == .output {
            guard let line = StructuredLine(entry.text) else { continue }
            for name in fields { widths[name] = min(32, max(widths[name] ?? 1, TextWidth.of(SafeText.line(line[name] ?? "")))) }
        }
        return widths
    }

    /// The time of day: the runtime's, since lines write theirs in many ways; else the line's own.
    private func clock(_ line: StructuredLine, _ entry: LogEntry) -> String? {
        entry.time.map(LocalClock.text) ?? line.time
    }

    // MARK: Plain lines

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
