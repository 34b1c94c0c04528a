import DequeModule
package import TextUI

/// Draws a log and remembers where in it one is.
package struct LogPane {
    package var wraps: Bool
    package var showsTimestamps = false
    package var isRaw = false
    /// The parts of structured lines to show; nil shows all.
    package var fields: [String]?
    /// Whether the newest line stays in view.
    package private(set) var follows = true
    private(set) var filter: LogFilter?

    /// The place of the first visible line among those shown.
    private var top = 0
    private var left = 0
    /// Numbers (see `LogBuffer.dropped`) of the lines that the filter admits, up to `examined`.
    private var admitted: [Int] = []
    private var examined = 0
    private var reorderings = 0
    private var height = 1

    package init(wraps: Bool = false) {
        self.wraps = wraps
    }

    // MARK: Which lines

    /// False when the text is no filter; an empty one shows all lines.
    package mutating func setFilter(_ text: String) -> Bool {
        if text.isEmpty {
            filter = nil
        } else {
            guard let new = LogFilter(text) else { return false }
            filter = new
        }
        (admitted, examined) = ([], 0)
        return true
    }

    /// Looks at the lines that came since the last time only.
    private mutating func examine(_ buffer: LogBuffer) {
        guard let filter else { return }
        if reorderings != buffer.reorderings { (admitted, examined, reorderings) = ([], 0, buffer.reorderings) }
        let gone = admitted.prefix { $0 < buffer.dropped }.count
        admitted.removeFirst(gone)
        let end = buffer.dropped + buffer.entries.count
        for number in max(examined, buffer.dropped)..<end where filter.admits(buffer.entries[number - buffer.dropped]) {
            admitted.append(number)
        }
        examined = end
    }

    // MARK: Moving

    package enum Move {
        case lines(Int), pages(Int), first, last, columns(Int)
    }

    package mutating func toggleFollowing() {
        follows.toggle()
    }

    package mutating func move(_ move: Move) {
        switch move {
        case .lines(let count): top += count
        case .pages(let count): top += count * max(1, height - 1)
        case .first: top = 0
        case .last: top = .max
        case .columns(let count):
            left = max(0, left + count)
            return
        }
        // Scrolling to the end means following.
        follows = move.isToTheEnd
    }

    // MARK: Drawing

    package mutating func draw(_ feed: LogFeed, in area: Rect, on frame: inout Frame, theme: Theme) {
        examine(feed.buffer)
        let count = filter == nil ? feed.buffer.entries.count : admitted.count
        height = max(1, area.height)
        guard count > 0 else { return drawSilence(feed, in: area, on: &frame, theme: theme) }
        var style = LogLineStyle(
            theme: theme, showsTimestamps: showsTimestamps, showsSource: feed.hasSeveralSources, isRaw: isRaw, fields: fields,
            highlight: filter?.highlight
        )
        let last = max(0, count - area.height)
        top = follows ? last : max(0, min(top, last))
        let shown = (top..<min(count, top + area.height)).map { entry($0, feed.buffer) }
        style.widths = LogLineStyle.widths(of: fields ?? [], in: shown)
        var rows = shown.flatMap { entry in
            let line = style.line(entry, width: area.width)
            return wraps ? line.wrapped(area.width) : [line]
        }
        if follows, rows.count > area.height { rows.removeFirst(rows.count - area.height) }
        for (row, line) in rows.prefix(area.height).enumerated() {
            frame.write(line, at: Point(x: area.minX - (wraps ? 0 : left), y: area.minY + row), in: area)
        }
    }

    /// The names of the parts that the latest lines have, the most frequent first.
    func knownFields(_ feed: LogFeed) -> [String] {
        var counts: [String: Int] = [:]
        for entry in feed.buffer.entries.suffix(500) where entry.kind == .output {
            for field in StructuredLine(entry.text)?.fields ?? [] { counts[field.name, default: 0] += 1 }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// The lines that the filter admits, as they were written.
    func text(_ feed: LogFeed) -> String {
        let entries = feed.buffer.entries.filter { filter?.admits($0) ?? true }
        return entries.map { entry in
            switch entry.kind {
            case .output: (feed.hasSeveralSources ? "\(entry.source) " : "") + entry.text + "\n"
            case .notice: "── \(entry.text)\n"
            case .mark: "─────\n"
            }
        }.joined()
    }

    private func entry(_ index: Int, _ buffer: LogBuffer) -> LogEntry {
        filter == nil ? buffer.entries[index] : buffer.entries[admitted[index] - buffer.dropped]
    }

    /// Says why there is nothing to see.
    private func drawSilence(_ feed: LogFeed, in area: Rect, on frame: inout Frame, theme: Theme) {
        var lines: [StyledText] = []
        if filter != nil, !feed.buffer.entries.isEmpty {
            lines.append(StyledText("None of \(feed.buffer.entries.count) lines matches", theme[.muted]))
        } else if feed.silences.isEmpty {
            lines.append(StyledText("No lines yet", theme[.muted]))
        }
        for (source, reason) in feed.silences.sorted(by: { $0.key < $1.key }) {
            let text = StyledText(SafeText.line(source) + "  ", theme[.logSource]) + StyledText(SafeText.line(reason), theme[.statusPending])
            lines += text.wrapped(area.width)
        }
        for (row, line) in lines.prefix(area.height).enumerated() {
            frame.write(line, at: Point(x: area.minX, y: area.minY + row), in: area)
        }
    }
}

extension LogPane.Move {
    fileprivate var isToTheEnd: Bool {
        if case .last = self { true } else { false }
    }
}
