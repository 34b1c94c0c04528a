import TextUI

struct Choice: Hashable {
    let title: String
    var note = ""
    var isEnabled = true
}

/// A list to choose from: themes, containers, revisions. Keys move as in tables, and `/` narrows it; the palette is narrowed by typing at once.
final class ChoiceLayer: Layer {
    private let title: String
    private let choices: [Choice]
    private unowned let shell: Shell
    private let onChoose: (Int) -> Void
    private var editor = LineEditor()
    private var position = ScrollPosition()
    private var matching: [Int]
    private let narrowsAtOnce: Bool
    /// Whether letters go to the filter.
    private var isTyping: Bool
    /// Where the choices were drawn last.
    private var place = Rect.zero

    /// - Parameters:
    ///   - selected: the choice under the cursor at first.
    ///   - narrowsAtOnce: whether letters narrow the list from the beginning.
    init(
        title: String, choices: [Choice], selected: Int = 0, narrowsAtOnce: Bool = false, shell: Shell, onChoose: @escaping (Int) -> Void
    ) {
        self.title = title
        self.choices = choices
        self.shell = shell
        self.onChoose = onChoose
        self.narrowsAtOnce = narrowsAtOnce
        isTyping = narrowsAtOnce
        matching = Array(choices.indices)
        position.select(selected, count: choices.count)
    }

    var isOpaque: Bool { false }

    func handle(_ event: InputEvent) -> EventResult {
        switch event {
        case .paste(let text):
            isTyping = true
            editor.insert(text)
            narrow()
        case .mouse(let mouse): return handle(mouse)
        case .key(let key): return handle(key)
        }
        return .consumed
    }

    /// The wheel moves, a click chooses.
    private func handle(_ mouse: MouseEvent) -> EventResult {
        if let arrow = mouse.kind.arrow { return handle(arrow) }
        let row = position.top + mouse.position.y - place.minY
        guard place.contains(mouse.position), matching.indices.contains(row) else { return .consumed }
        position.select(row, count: matching.count)
        return handle(KeyPress(.enter))
    }

    private func handle(_ key: KeyPress) -> EventResult {
        switch key {
        case KeyPress(.escape) where isTyping && !narrowsAtOnce: endTyping()
        case KeyPress(.escape), .control("c"): return .close()
        case KeyPress(.enter):
            guard matching.indices.contains(position.selected) else { return .consumed }
            let chosen = matching[position.selected]
            return .close { [onChoose] in onChoose(chosen) }
        default:
            if let move = move(key) {
                position.move(move, count: matching.count, page: 10)
            } else if isTyping, editor.handle(key) {
                narrow()
            } else if !isTyping, key == "/" {
                isTyping = true
            } else {
                return shell.handleBehindDialog(key)
            }
        }
        return .consumed
    }

    private func move(_ key: KeyPress) -> ScrollPosition.Move? {
        switch key {
        case KeyPress(.up), KeyPress(.tab, .shift): .up
        case KeyPress(.down), KeyPress(.tab): .down
        case KeyPress(.pageUp): .pageUp
        case KeyPress(.pageDown): .pageDown
        case "k" where !isTyping: .up
        case "j" where !isTyping: .down
        case "g" where !isTyping, KeyPress(.home) where !isTyping: .first
        case "G" where !isTyping, KeyPress(.end) where !isTyping: .last
        case .control("b") where !isTyping: .pageUp
        case .control("f") where !isTyping: .pageDown
        default: nil
        }
    }

    /// All choices again, and the cursor on the one it was on.
    private func endTyping() {
        let chosen = matching.indices.contains(position.selected) ? matching[position.selected] : 0
        isTyping = false
        editor = LineEditor()
        narrow()
        position.select(chosen, count: matching.count)
    }

    private func narrow() {
        let words = editor.text.lowercased().split(separator: " ")
        matching = choices.indices.filter { index in words.allSatisfy { choices[index].title.lowercased().contains($0) } }
        position = ScrollPosition()
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let widest = choices.map { TextWidth.of($0.title) + TextWidth.of($0.note) + 8 }.max() ?? 0
        let size = Size(width: max(36, min(widest, area.width - 4)), height: min(choices.count + 3, max(6, area.height - 6)))
        let box = area.centered(size)
        frame.fill(box, with: Cell(" ", theme[.dialog]))
        let inside = BorderBox(title: StyledText(title, theme[.dialogTitle]), style: theme[.dialog]).draw(in: box, on: &frame)
        drawFilter(in: inside.row(0), on: &frame)
        let list = inside.cuttingTop(1).rest
        position.fit(count: matching.count, height: list.height)
        place = list
        if matching.isEmpty {
            frame.write("nothing matches", at: Point(x: list.minX + 2, y: list.minY), style: theme[.dialog], in: list)
        }
        for (line, index) in position.visible(count: matching.count, height: list.height).enumerated() {
            draw(choices[matching[index]], isSelected: index == position.selected, in: list.row(line), on: &frame)
        }
    }

    private func drawFilter(in line: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let start = Point(x: line.minX + 1, y: line.minY)
        guard isTyping else {
            frame.write("j k move  ↵ choose  / filter", at: start, style: theme[.dialog].with(.dim), in: line)
            return
        }
        let end = frame.write("/", at: start, style: theme[.dialogLabel])
        let field = Rect(x: end, y: line.minY, width: line.maxX - end - 1, height: 1)
        frame.cursor = editor.draw(in: field, style: theme[.dialog], on: &frame)
    }

    private func draw(_ choice: Choice, isSelected: Bool, in line: Rect, on frame: inout Frame) {
        let style = isSelected ? shell.theme[.dialogFocusedButton] : shell.theme[.dialog].with(choice.isEnabled ? [] : .dim)
        frame.fill(line, with: Cell(" ", style))
        frame.write(isSelected ? "▸" : " ", at: line.origin, style: style, in: line)
        let noteStart = line.maxX - TextWidth.of(choice.note) - 1
        let space = Rect(x: line.minX + 2, y: line.minY, width: noteStart - line.minX - 3, height: 1)
        frame.write(TextWidth.truncated(choice.title, space.width), at: space.origin, style: style, in: space)
        frame.write(choice.note, at: Point(x: noteStart, y: line.minY), style: style, in: line)
    }
}
