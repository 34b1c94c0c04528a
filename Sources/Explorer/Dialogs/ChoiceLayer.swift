import TextUI

struct Choice: Hashable {
    let title: String
    var note = ""
    var isEnabled = true
}

/// A list to choose from, narrowed by typing: the palette, themes, containers.
final class ChoiceLayer: Layer {
    private let title: String
    private let choices: [Choice]
    private unowned let shell: Shell
    private let onChoose: (Int) -> Void
    private var editor = LineEditor()
    private var position = ScrollPosition()
    private var matching: [Int]

    init(title: String, choices: [Choice], shell: Shell, onChoose: @escaping (Int) -> Void) {
        self.title = title
        self.choices = choices
        self.shell = shell
        self.onChoose = onChoose
        matching = Array(choices.indices)
    }

    var isOpaque: Bool { false }

    func handle(_ event: InputEvent) -> EventResult {
        if case .paste(let text) = event {
            editor.insert(text)
            narrow()
        }
        guard case .key(let key) = event else { return .consumed }
        switch key {
        case KeyPress(.escape), .control("c"): return .close()
        case KeyPress(.up), KeyPress(.tab, .shift): position.move(.up, count: matching.count, page: 1)
        case KeyPress(.down), KeyPress(.tab): position.move(.down, count: matching.count, page: 1)
        case KeyPress(.pageUp): position.move(.pageUp, count: matching.count, page: 10)
        case KeyPress(.pageDown): position.move(.pageDown, count: matching.count, page: 10)
        case KeyPress(.enter):
            guard matching.indices.contains(position.selected) else { return .consumed }
            let chosen = matching[position.selected]
            return .close { [onChoose] in onChoose(chosen) }
        default:
            guard editor.handle(key) else { return shell.handleBehindDialog(key) }
            narrow()
        }
        return .consumed
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
        let end = frame.write("/", at: Point(x: inside.minX + 1, y: inside.minY), style: theme[.dialogLabel])
        let field = Rect(x: end, y: inside.minY, width: inside.maxX - end - 1, height: 1)
        frame.cursor = editor.draw(in: field, style: theme[.dialog], on: &frame)
        let list = inside.cuttingTop(1).rest
        position.fit(count: matching.count, height: list.height)
        if matching.isEmpty {
            frame.write("nothing matches", at: Point(x: list.minX + 2, y: list.minY), style: theme[.dialog], in: list)
        }
        for (line, index) in position.visible(count: matching.count, height: list.height).enumerated() {
            draw(choices[matching[index]], isSelected: index == position.selected, in: list.row(line), on: &frame)
        }
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
