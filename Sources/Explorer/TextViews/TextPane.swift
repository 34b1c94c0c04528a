import TextUI

/// Lines of text to scroll and search in. The owner draws what is around it.
struct TextPane {
    var lines: [StyledText] = [] {
        didSet { if search != nil { findMatches() } }
    }
    var wraps = false
    /// Whether lines are cut at blanks, as text to read wants it.
    var wrapsAtWords = false
    /// Whether the end stays in view as lines are added.
    var follows = false
    private(set) var top = 0
    private(set) var left = 0
    private(set) var search: TextSearch?
    private(set) var matches: [TextSearch.Match] = []
    private(set) var currentMatch = 0
    private var height = 1
    private var width = 1

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
        case "text.last": scroll(to: lines.count)
        case "text.left": left = max(0, left - 8)
        case "text.right": left = wraps ? 0 : min(left + 8, max(0, widest - width))
        case "text.nextMatch": step(1)
        case "text.previousMatch": step(-1)
        default: return false
        }
        return true
    }

    /// All of it, without its looks.
    var text: String { lines.map { $0.plain + "\n" }.joined() }

    private var widest: Int { lines[visibleLines].map(\.width).max() ?? 0 }
    private var visibleLines: Range<Int> { top..<max(top, min(lines.count, top + height)) }
    private var lastTop: Int { wraps ? lastTopWhenWrapped : max(0, lines.count - height) }

    /// The first line of the last full page.
    private var lastTopWhenWrapped: Int {
        var rows = 0
        for index in lines.indices.reversed() {
            rows += lines[index].wrapped(width, atWords: wrapsAtWords).count
            if rows > height { return min(index + 1, lines.count - 1) }
        }
        return 0
    }

    private mutating func scroll(to line: Int) {
        top = max(0, min(line, lastTop))
        follows = follows && top == lastTop
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
        currentMatch = matches.firstIndex { $0.line >= top } ?? 0
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
        let line = matches[currentMatch].line
        if !visibleLines.contains(line) { scroll(to: line - height / 3) }
    }

    /// `[2:14]` while something is searched for.
    var searchText: String {
        search == nil ? "" : "[\(matches.isEmpty ? 0 : currentMatch + 1):\(matches.count)]"
    }

    // MARK: Drawing

    mutating func draw(in area: Rect, on frame: inout Frame, theme: Theme) {
        height = max(1, area.height)
        width = max(1, area.width)
        top = follows ? lastTop : max(0, min(top, lastTop))
        var y = area.minY
        for index in top..<max(top, min(lines.count, top + area.height)) where y < area.maxY {
            let line = highlighted(index, theme)
            for part in wraps ? line.wrapped(area.width, atWords: wrapsAtWords) : [line] where y < area.maxY {
                frame.write(part, at: Point(x: area.minX - (wraps ? 0 : left), y: y), in: area)
                y += 1
            }
        }
    }

    private func highlighted(_ index: Int, _ theme: Theme) -> StyledText {
        guard let search else { return lines[index] }
        let current = matches.indices.contains(currentMatch) ? matches[currentMatch] : nil
        return search.matches(in: lines[index].plain).reduce(lines[index]) { line, range in
            let isCurrent = current == TextSearch.Match(line: index, range: range)
            return line.restyled(range) { _ in theme[isCurrent ? .currentSearchMatch : .searchMatch] }
        }
    }
}
