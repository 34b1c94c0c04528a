/// One line of text being typed, with a cursor.
package struct LineEditor: Sendable, Hashable {
    package private(set) var text: String
    /// Characters before the cursor.
    package private(set) var cursor: Int
    /// Whether all of it is selected: the first thing that is typed takes its place.
    private var isSelected: Bool

    package init(_ text: String = "", isSelected: Bool = false) {
        self.text = text
        self.isSelected = isSelected
        cursor = text.count
    }

    /// Whether the key changed the text or moved the cursor; false when it means nothing in a line.
    package mutating func handle(_ key: KeyPress) -> Bool {
        if let typed = key.typed {
            insert(String(typed))
            return true
        }
        let wasSelected = isSelected
        isSelected = false
        switch key {
        case KeyPress(.backspace) where wasSelected, KeyPress(.delete) where wasSelected: replace(with: "")
        case KeyPress(.left): cursor = max(0, cursor - 1)
        case KeyPress(.right): cursor = min(text.count, cursor + 1)
        case KeyPress(.home), .control("a"): cursor = 0
        case KeyPress(.end), .control("e"): cursor = text.count
        case KeyPress(.backspace), .control("h"): removeBack(to: cursor - 1)
        case KeyPress(.delete): if cursor < text.count { cursor += 1; removeBack(to: cursor - 1) }
        case .control("u"): removeBack(to: 0)
        case .control("k"): text = String(text.prefix(cursor))
        case .control("w"): removeBack(to: startOfWord)
        default:
            isSelected = wasSelected
            return false
        }
        return true
    }

    /// Inserts typed or pasted text on one line, its control characters left out.
    package mutating func insert(_ addition: String) {
        if isSelected { replace(with: "") }
        let clean = String(addition.map { $0.isNewline || $0 == "\t" ? " " : $0 }.filter { !$0.isControl })
        let before = String(text.prefix(cursor)) + clean
        text = before + text.dropFirst(cursor)
        cursor = before.count
    }

    package mutating func replace(with text: String) {
        self.text = text
        isSelected = false
        cursor = text.count
    }

    private var startOfWord: Int {
        var index = cursor
        let characters = Array(text)
        while index > 0, characters[index - 1] == " " { index -= 1 }
        while index > 0, characters[index - 1] != " " { index -= 1 }
        return index
    }

    private mutating func removeBack(to start: Int) {
        let start = max(0, start)
        text = String(text.prefix(start)) + text.dropFirst(cursor)
        cursor = start
    }

    /// Draws text from `area`'s left, scrolled so that the cursor is inside, and returns the cursor's place.
    @discardableResult
    package func draw(in area: Rect, style: Style, on frame: inout Frame) -> Point {
        let before = TextWidth.of(String(text.prefix(cursor)))
        let shift = max(0, before - area.width + 1)
        frame.fill(area, with: Cell(" ", style))
        let textStyle = isSelected ? style.with(.reverse) : style
        frame.write(text, at: Point(x: area.minX - shift, y: area.minY), style: textStyle, in: area)
        return Point(x: area.minX + before - shift, y: area.minY)
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) } }
}
