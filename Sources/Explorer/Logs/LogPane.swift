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
    /// Whether lines that the filter does not admit are hidden; else they are shown around the matches.
    private(set) var hidesOthers = true
    /// Whether the column that is scrolled to stays while the newest line is followed.
    var locksColumn = true

    /// The place of the first visible line among those shown.
    private var top = 0
    private var left = 0
    private var matches = LogMatches()
    private var reorderings = 0
    /// The number of the line that a search or a jump has led to.
    private var current: Int?
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
        (matches, current) = (LogMatches(), nil)
        return true
    }

    /// Another log is drawn from now on, with the same filter.
    mutating func beginAnew() {
        (matches, current, reorderings) = (LogMatches(), nil, 0)
    }

    mutating func toggleHiding() {
        hidesOthers.toggle()
    }

    private var isNarrowed: Bool { filter != nil && hidesOthers }

    private mutating func examine(_ buffer: LogBuffer) {
        if let insertions = buffer.insertions(since: reorderings) {
            for number in insertions {
                matches.insert(at: number)
                if let moved = current, moved >= number { current = moved + 1 }
            }
        } else {
            (matches, current) = (LogMatches(), nil)
        }
        reorderings = buffer.reorderings
        guard let filter else { return }
        let before = matches.look(at: buffer, admits: filter.admits)
        if isNarrowed, !follows { top += before }
    }

    /// Whether lines are still to be looked at, before which there may be matches.
    func isSearching(_ buffer: LogBuffer) -> Bool { filter != nil && !matches.areComplete(in: buffer) }

    // MARK: Moving

    /// Behind all lines, and far enough from the largest number to be moved from.
    private static let end = Int.max / 2

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
        case .last: top = Self.end
        case .columns(let count):
            left = max(0, left + count)
            return
        }
        // Scrolling to the end means following.
        follows = move.isToTheEnd
    }

    // MARK: Jumping

    enum Landmark {
        /// A line that the filter admits.
        case match
        /// A mark, a notice, or a line that a person has bookmarked.
        case mark
    }

    /// Goes to the next landmark, or the one before. False when there is none in that direction.
    mutating func jump(to landmark: Landmark, _ direction: Int, in buffer: LogBuffer) -> Bool {
        examine(buffer)
        let count = rowCount(buffer)
        let place = current.flatMap { self.row(of: $0, buffer) }
        var row = place ?? (follows ? (direction > 0 ? count - 1 : count) : top - max(0, direction))
        repeat { row += direction } while (0..<count).contains(row) && !isLandmark(number(row, buffer), landmark, in: buffer)
        guard (0..<count).contains(row) else { return false }
        current = number(row, buffer)
        follows = false
        if row < top || row >= top + height || place == nil { top = max(0, row - height / 3) }
        return true
    }

    private func isLandmark(_ number: Int, _ landmark: Landmark, in buffer: LogBuffer) -> Bool {
        switch landmark {
        case .match: buffer[number].kind == .output && matches.contains(number)
        case .mark: buffer[number].kind == .mark || buffer[number].isBookmarked
        }
    }

    /// Which of the buffer's lines a bookmark is for: the one jumped to, the newest while it is followed, else the first visible.
    func bookmarkIndex(in buffer: LogBuffer) -> Int? {
        let count = rowCount(buffer)
        guard count > 0 else { return nil }
        if let current, row(of: current, buffer) != nil { return current - buffer.dropped }
        return number(follows ? count - 1 : min(top, count - 1), buffer) - buffer.dropped
    }

    private func rowCount(_ buffer: LogBuffer) -> Int { isNarrowed ? matches.numbers.count : buffer.entries.count }

    /// The number of the line in a row; numbers stay while lines are dropped.
    private func number(_ row: Int, _ buffer: LogBuffer) -> Int { isNarrowed ? matches.numbers[row] : row + buffer.dropped }

    /// The row of a line; nil when it is gone, or hidden.
    private func row(of number: Int, _ buffer: LogBuffer) -> Int? {
        if isNarrowed { return matches.place(of: number) }
        return (buffer.dropped..<buffer.end).contains(number) ? number - buffer.dropped : nil
    }

    // MARK: Drawing

    package mutating func draw(_ feed: LogFeed, in area: Rect, on frame: inout Frame, theme: Theme) {
        examine(feed.buffer)
        if isSearching(feed.buffer) { feed.showSoon() }
        feed.intake.isHeld = !follows
        let count = rowCount(feed.buffer)
        height = max(1, area.height)
        if follows, !locksColumn { left = 0 }
        let last = max(0, count - area.height)
        top = follows ? last : max(0, min(top, last))
        guard count > 0 else { return drawSilence(feed, in: area, on: &frame, theme: theme) }
        var style = LogLineStyle(
            theme: theme, showsTimestamps: showsTimestamps, showsSource: feed.hasSeveralSources, isRaw: isRaw, fields: fields,
            highlight: filter?.highlight
        )
        let visible = top..<min(count, top + area.height)
        let visibleCells = wraps ? area.width * area.height : left + area.width
        let shown = visible.map { feed.buffer[number($0, feed.buffer)].cut(to: max(visibleCells, Self.longestParsed)) }
        style.widths = LogLineStyle.widths(of: fields ?? [], in: shown)
        if style.showsSource, fields != nil { style.sourceWidth = shown.map { TextWidth.of(SafeText.line($0.source)) }.max() ?? 0 }
        var rows = zip(visible, shown).flatMap { row, entry in
            let line = style.line(entry, width: area.width, isCurrent: number(row, feed.buffer) == current)
            return wraps ? line.wrapped(area.width) : [line]
        }
        draw(style.header, &rows, in: area, on: &frame)
    }

    /// The header takes the place of the oldest line while the newest is followed, else of the last.
    private func draw(_ header: StyledText?, _ rows: inout [StyledText], in area: Rect, on frame: inout Frame) {
        let (top, lines) = header == nil ? (area, area) : area.cuttingTop(1)
        if follows, rows.count > lines.height { rows.removeFirst(rows.count - lines.height) }
        for (row, line) in rows.prefix(lines.height).enumerated() {
            frame.write(line, at: Point(x: area.minX - (wraps ? 0 : left), y: lines.minY + row), in: lines)
        }
        if let header { frame.write(header, at: Point(x: area.minX - (wraps ? 0 : left), y: top.minY), in: top) }
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

    /// Lines may be of a megabyte: what is behind this and behind the screen is not looked at when they are drawn.
    private static let longestParsed = 16 << 10

    /// Says why there is nothing to see.
    private func drawSilence(_ feed: LogFeed, in area: Rect, on frame: inout Frame, theme: Theme) {
        var lines: [StyledText] = []
        if filter != nil, !feed.buffer.entries.isEmpty {
            let count = "\(feed.buffer.entries.count) lines"
            lines.append(StyledText(isSearching(feed.buffer) ? "Searching \(count) …" : "None of \(count) matches", theme[.muted]))
        } else if feed.silences.isEmpty {
            lines.append(StyledText("No lines yet", theme[.muted]))
        }
        for (source, reason) in feed.silences.sorted(by: { $0.key < $1.key }) {
            let text =
                StyledText(source + "  ", theme[.logSource]) + StyledText(reason, theme[.statusPending])
            lines += text.wrapped(area.width)
        }
        for (pod, texts) in feed.warnings.sorted(by: { $0.key < $1.key })
        where feed.silences.keys.contains(where: { $0.hasPrefix(pod + ":") }) {
            for text in texts {
                let line = StyledText(pod + "  ", theme[.logSource]) + StyledText(text, theme[.muted])
                lines += line.wrapped(area.width)
            }
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
