import TextUI

/// Lines of text to scroll and search in. The owner draws what is around it.
struct TextPane {
    var lines: [StyledText] = [] {
        didSet {
            folding?.update(lines.map(\.plain))
            keepSelection(from: oldValue)
            if search != nil { findMatches() }
        }
    }
    /// Which of the lines are hidden; nil where blocks can't be closed.
    private(set) var folding: Folding?
    /// What Tab leads to, in order; with folding, the heads of blocks besides.
    var stops: [TextStop] = []
    private(set) var selectedStop: TextStop?
    var wraps = false
    /// Whether lines are cut at blanks, as text to read wants it.
    var wrapsAtWords = false
    /// Whether the end stays in view as lines are added: whoever went there wants to see it.
    private(set) var follows = false
    /// The first visible line, counted among those that are shown.
    private(set) var top = 0
    private(set) var left = 0
    private(set) var search: TextSearch?
    private(set) var matches: [TextSearch.Match] = []
    private(set) var currentMatch = 0
    private var height = 1
    private var width = 1

    init() {}

    /// A pane whose blocks can be closed.
    static var foldable: TextPane {
        var pane = TextPane()
        pane.folding = Folding()
        return pane
    }

    static let stopBindings: [Binding] = [
        Binding("text.nextStop", "Tab", "}", title: "next link or block", section: .navigation),
        Binding("text.previousStop", "Shift-Tab", "{", title: "previous link or block", section: .navigation),
    ]

    static let foldingBindings: [Binding] =
        [
            Binding("text.fold", "z", title: "close or open the block", footer: true),
            Binding("text.foldAll", "Shift-Z", title: "close or open all blocks"),
        ] + stopBindings

    static let bindings: [Binding] = [
        Binding("text.down", "j", "Down", title: "down", section: .navigation),
        Binding("text.up", "k", "Up", title: "up", section: .navigation),
        Binding("text.pageDown", "PgDn", "Ctrl-F", "Space", title: "page down", section: .navigation),
        Binding("text.pageUp", "PgUp", "Ctrl-B", title: "page up", section: .navigation),
        Binding("text.first", "g", "Home", title: "to the beginning", section: .navigation),
        Binding("text.last", "Shift-G", "End", title: "to the end", section: .navigation),
        Binding("text.left", "h", "Left", title: "left", section: .navigation),
        Binding("text.right", "l", "Right", title: "right", section: .navigation),
        Binding("text.nextMatch", "n", title: "next match", section: .navigation),
        Binding("text.previousMatch", "Shift-N", title: "previous match", section: .navigation),
    ]

    /// False when the action is none of the pane's.
    mutating func perform(_ action: ActionID) -> Bool {
        switch action {
        case "text.down": scroll(to: top + 1)
        case "text.up": scroll(to: top - 1)
        case "text.pageDown": scroll(to: top + max(1, height - 1))
        case "text.pageUp": scroll(to: top - max(1, height - 1))
        case "text.first": scroll(to: 0)
        case "text.last":
            follows = true
            scroll(to: rowCount)
        case "text.left": left = max(0, left - 8)
        case "text.right": left = wraps ? 0 : min(left + 8, max(0, widest - width))
        case "text.nextMatch": step(1)
        case "text.previousMatch": step(-1)
        case "text.nextStop": stepStop(1)
        case "text.previousStop": stepStop(-1)
        case "text.fold": fold()
        case "text.foldAll":
            let line = line(at: top)
            folding?.toggleAll()
            scroll(to: row(of: line))
        default: return false
        }
        return true
    }

    /// All of it, without its looks.
    var text: String { lines.map { $0.plain + "\n" }.joined() }

    // MARK: Rows: the lines that are shown

    private var rowCount: Int { folding?.shown.count ?? lines.count }
    private func line(at row: Int) -> Int { folding.map { $0.shown.indices.contains(row) ? $0.shown[row] : 0 } ?? row }
    private func row(of line: Int) -> Int { folding?.row(of: line) ?? line }

    private var widest: Int { visibleRows.map { lines[line(at: $0)].width }.max() ?? 0 }
    private var visibleRows: Range<Int> { top..<max(top, min(rowCount, top + height)) }
    private var lastTop: Int { wraps ? lastTopWhenWrapped : max(0, rowCount - height) }

    /// The first line of the last full page.
    private var lastTopWhenWrapped: Int {
        var height = 0
        for row in (0..<rowCount).reversed() {
            height += lines[line(at: row)].wrapped(width, atWords: wrapsAtWords).count
            if height > self.height { return min(row + 1, rowCount - 1) }
        }
        return 0
    }

    private mutating func scroll(to row: Int) {
        top = max(0, min(row, lastTop))
        follows = follows && top == lastTop
    }

    private mutating func show(_ line: Int) {
        folding?.reveal(line)
        let row = row(of: line)
        if !visibleRows.contains(row) { scroll(to: row - height / 3) }
    }

    // MARK: Search

    /// Highlights what matches; nil or an empty text ends the search. False when `pattern` is no regular expression.
    @discardableResult
    mutating func find(_ pattern: String?) -> Bool {
        guard let pattern, !pattern.isEmpty else {
            (search, matches, currentMatch) = (nil, [], 0)
            return true
        }
        guard let search = TextSearch(pattern) else { return false }
        self.search = search
        findMatches()
        currentMatch = matches.firstIndex { $0.line >= line(at: top) } ?? 0
        showCurrentMatch()
        return true
    }

    private mutating func findMatches() {
        matches = search?.matches(in: lines.map(\.plain)) ?? []
        currentMatch = max(0, min(currentMatch, matches.count - 1))
    }

    private mutating func step(_ direction: Int) {
        guard !matches.isEmpty else { return }
        currentMatch = (currentMatch + direction + matches.count) % matches.count
        showCurrentMatch()
    }

    private mutating func showCurrentMatch() {
        guard matches.indices.contains(currentMatch) else { return }
        show(matches[currentMatch].line)
    }

    /// `[2:14]` while something is searched for.
    var searchText: String {
        search == nil ? "" : "[\(matches.isEmpty ? 0 : currentMatch + 1):\(matches.count)]"
    }

    // MARK: Stops

    /// The next one from the selected, or from the first visible line.
    private mutating func stepStop(_ direction: Int) {
        let stops = folding?.stops(lines, and: stops) ?? stops
        guard !stops.isEmpty else { return }
        let next: Int
        if let selectedStop, let index = stops.firstIndex(of: selectedStop) {
            next = (index + direction + stops.count) % stops.count
        } else {
            next = stops.firstIndex { $0.line >= line(at: top) } ?? 0
        }
        selectedStop = stops[next]
        let row = row(of: stops[next].line)
        if !visibleRows.contains(row) { scroll(to: row - height / 3) }
    }

    /// What was selected stays so as long as its line says the same; lines may have come before it.
    private mutating func keepSelection(from old: [StyledText]) {
        guard let selected = selectedStop else { return }
        let text = old.indices.contains(selected.line) ? old[selected.line].plain : ""
        if lines.indices.contains(selected.line), lines[selected.line].plain == text { return }
        selectedStop = lines.firstIndex { $0.plain == text }.map { TextStop(line: $0, range: selected.range) }
    }

    /// The selected block while it is in sight, else that of the first visible line, else the first to be seen.
    private mutating func fold() {
        let selected = selectedStop.flatMap { visibleRows.contains(row(of: $0.line)) ? $0.line : nil }
        let inSight = folding?.blocks.first { visibleRows.contains(row(of: $0.head)) }
        guard let block = folding?.block(at: selected ?? line(at: top)) ?? inSight else { return }
        folding?.toggle(block)
        scroll(to: min(top, row(of: block.head)))
    }

    // MARK: Drawing

    mutating func draw(in area: Rect, on frame: inout Frame, theme: Theme) {
        height = max(1, area.height)
        width = max(1, area.width)
        top = follows ? lastTop : max(0, min(top, lastTop))
        var y = area.minY
        for row in visibleRows where y < area.maxY {
            let line = highlighted(line(at: row), theme)
            for part in wraps ? line.wrapped(area.width, atWords: wrapsAtWords) : [line] where y < area.maxY {
                frame.write(part, at: Point(x: area.minX - (wraps ? 0 : left), y: y), in: area)
                if !wraps, part.width - left > area.width {
                    frame.write("›", at: Point(x: area.maxX - 1, y: y), style: theme[.muted], in: area)
                }
                y += 1
            }
        }
    }

    private func highlighted(_ index: Int, _ theme: Theme) -> StyledText {
        var line = matched(index, theme)
        if let selectedStop, selectedStop.line == index { line = line.restyled(selectedStop.range) { _ in theme[.cursor] } }
        if let hidden = folding?.hidden(below: index) { line.append("  ▸ \(hidden) \(hidden == 1 ? "line" : "lines")", theme[.muted]) }
        return line
    }

    private func matched(_ index: Int, _ theme: Theme) -> StyledText {
        guard let search else { return lines[index] }
        let current = matches.indices.contains(currentMatch) ? matches[currentMatch] : nil
        return search.matches(in: lines[index].plain).reduce(lines[index]) { line, range in
            let isCurrent = current == TextSearch.Match(line: index, range: range)
            return line.restyled(range) { _ in theme[isCurrent ? .currentSearchMatch : .searchMatch] }
        }
    }
}

extension Folding {
    /// The heads of the blocks that are visible, each its whole text, and those of `others` that are.
    fileprivate func stops(_ lines: [StyledText], and others: [TextStop]) -> [TextStop] {
        let visible = Set(shown)
        let heads = blocks.map { block in
            let text = lines[block.head].plain
            let indentation = text.prefix { $0 == " " }.count
            return TextStop(line: block.head, range: indentation..<text.count)
        }
        return (heads + others).filter { visible.contains($0.line) }.sorted {
            ($0.line, $0.range.lowerBound) < ($1.line, $1.range.lowerBound)
        }
    }
}
