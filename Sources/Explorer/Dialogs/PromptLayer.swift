import TextUI

/// One line of typing at the bottom of the screen, with suggestions above it.
final class PromptLayer: Layer {
    private let label: String
    private unowned let shell: Shell
    private var editor: LineEditor
    private let suggestions: (String) -> [String]
    private let onSubmit: (String) -> Void
    /// Returns what is wrong with the text so far.
    var onChange: (String) -> String? = { _ in nil }
    /// Returns why the text can't be taken; it stays to be mended then.
    var validate: (String) -> String? = { _ in nil }
    var onCancel: () -> Void = {}

    private var offered: [String] = []
    /// The suggestion that the arrows have chosen.
    private var chosen: Int?
    private var problem: String?

    init(label: String, text: String = "", shell: Shell, suggestions: @escaping (String) -> [String], onSubmit: @escaping (String) -> Void)
    {
        self.label = label
        self.shell = shell
        self.suggestions = suggestions
        self.onSubmit = onSubmit
        editor = LineEditor(text)
        offered = suggestions(text)
    }

    var isOpaque: Bool { false }

    func handle(_ event: InputEvent) -> EventResult {
        switch event {
        case .paste(let text):
            editor.insert(text)
            textChanged()
        case .mouse: break
        case .key(let key): return handle(key)
        }
        return .consumed
    }

    private func handle(_ key: KeyPress) -> EventResult {
        switch key {
        case KeyPress(.escape), .control("c"):
            onCancel()
            return .close()
        case KeyPress(.enter):
            let text = editor.text
            problem = validate(text)
            return problem == nil ? .close { [onSubmit] in onSubmit(text) } : .consumed
        case KeyPress(.up): choose(1)
        case KeyPress(.down): choose(-1)
        case KeyPress(.tab), .control("f"): accept()
        case KeyPress(.right) where editor.cursor == editor.text.count: accept()
        case .control("q"):
            editor.replace(with: "")
            textChanged()
        case KeyPress(.backspace) where editor.text.isEmpty:
            onCancel()
            return .close()
        default:
            let before = editor.text
            guard editor.handle(key) else { return shell.handleBehindDialog(key) }
            if editor.text != before { textChanged() }
        }
        return .consumed
    }

    private func textChanged() {
        chosen = nil
        offered = suggestions(editor.text)
        problem = onChange(editor.text)
    }

    private func choose(_ step: Int) {
        guard !offered.isEmpty else { return }
        let next = chosen.map { ($0 + step + offered.count) % offered.count } ?? (step > 0 ? 0 : offered.count - 1)
        chosen = next
        editor.replace(with: offered[next])
        problem = onChange(editor.text)
    }

    private func accept() {
        guard chosen == nil, let best = offered.first else { return chosen = nil }
        editor.replace(with: best)
        textChanged()
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let line = area.row(area.height - 1)
        let theme = shell.theme
        frame.fill(line, with: Cell(" ", theme[.prompt]))
        let start = frame.write(label, at: Point(x: line.minX + 1, y: line.minY), style: theme[.promptIcon])
        let field = Rect(x: start, y: line.minY, width: line.maxX - start - 1, height: 1)
        frame.cursor = editor.draw(in: field, style: theme[.prompt], on: &frame)
        drawHint(after: start + TextWidth.of(editor.text), in: field, on: &frame)
        drawSuggestions(above: line.minY, at: start, in: area, on: &frame)
    }

    /// The rest of the best suggestion, or what is wrong with the text.
    private func drawHint(after x: Int, in field: Rect, on frame: inout Frame) {
        if let problem {
            frame.write("  " + problem, at: Point(x: x, y: field.minY), style: shell.theme[.flashError], in: field)
        } else if chosen == nil, !editor.text.isEmpty, let best = offered.first, best.hasPrefix(editor.text) {
            let rest = String(best.dropFirst(editor.text.count))
            frame.write(rest, at: Point(x: x, y: field.minY), style: shell.theme[.promptSuggestion], in: field)
        }
    }

    /// The best, which of the past is the latest, is next to the line.
    private func drawSuggestions(above bottom: Int, at x: Int, in area: Rect, on frame: inout Frame) {
        let shown = Array(offered.prefix(min(8, bottom)))
        guard !shown.isEmpty, let longest = shown.map({ TextWidth.of($0) }).max() else { return }
        let box = Rect(x: x - 1, y: bottom - shown.count, width: longest + 2, height: shown.count).intersection(area)
        for (index, text) in shown.enumerated() {
            let style = shell.theme[index == chosen ? .dialogFocusedButton : .dialog]
            let row = box.row(shown.count - 1 - index)
            frame.fill(row, with: Cell(" ", style))
            frame.write(text, at: Point(x: row.minX + 1, y: row.minY), style: style, in: box)
        }
    }
}
