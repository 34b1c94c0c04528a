import TextUI

/// Asks for several things at once, and shows what they amount to. Where that fails it can be shown again, filled in as it was.
final class FormLayer: Layer {
    struct Field {
        let label: String
        var text: String
        /// What it may be; anything where there are none.
        var choices: [String] = []
    }

    private let title: String
    private let verb: String
    private unowned let shell: Shell
    private var fields: [(label: String, editor: LineEditor, choices: [String])]
    /// In the beginning what has to be typed: the rest has an answer already.
    private var focus: Int
    /// What will be done with the fields as they are.
    private let explanation: ([String]) -> [String]
    private let validate: ([String]) -> String?
    private let onSubmit: (FormLayer, [String]) -> Void
    /// Why what was asked for could not be done, until something else is typed.
    private var failure: String?

    /// - Parameter onSubmit: told once the form is gone.
    init(
        title: String, verb: String, fields: [Field], shell: Shell, explanation: @escaping ([String]) -> [String],
        validate: @escaping ([String]) -> String?, onSubmit: @escaping (FormLayer, [String]) -> Void
    ) {
        self.title = title
        self.verb = verb
        self.shell = shell
        self.fields = fields.map { ($0.label, LineEditor($0.text), $0.choices) }
        focus = fields.firstIndex { $0.text.isEmpty } ?? 0
        self.explanation = explanation
        self.validate = validate
        self.onSubmit = onSubmit
    }

    var isOpaque: Bool { false }
    private var texts: [String] { fields.map(\.editor.text) }

    /// Shows it once more.
    /// - Parameter failure: why it was not done; nil where the person went back.
    func reopen(because failure: String? = nil) {
        self.failure = failure
        shell.compositor.push(self)
        shell.setNeedsDisplay()
    }

    func handle(_ event: InputEvent) -> EventResult {
        let before = texts
        defer { if texts != before { failure = nil } }
        switch event {
        case .paste(let text) where fields[focus].choices.isEmpty: fields[focus].editor.insert(text)
        case .paste, .mouse: break
        case .key(let key): return handle(key)
        }
        return .consumed
    }

    private func handle(_ key: KeyPress) -> EventResult {
        switch key {
        case KeyPress(.escape), .control("c"): return .close()
        case KeyPress(.tab), KeyPress(.down): focus = (focus + 1) % fields.count
        case KeyPress(.tab, .shift), KeyPress(.up): focus = (focus + fields.count - 1) % fields.count
        case KeyPress(.enter):
            let texts = texts
            guard validate(texts) == nil else { return .consumed }
            return .close { [onSubmit] in onSubmit(self, texts) }
        case _ where fields[focus].choices.isEmpty: _ = fields[focus].editor.handle(key)
        case KeyPress(.left): choose(-1)
        case KeyPress(.right), " ": choose(1)
        default: break
        }
        return .consumed
    }

    private func choose(_ step: Int) {
        let choices = fields[focus].choices
        let current = choices.firstIndex(of: fields[focus].editor.text) ?? 0
        fields[focus].editor.replace(with: choices[(current + step + choices.count) % choices.count])
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let width = min(max(64, TextWidth.of(title) + 6), area.width)
        func paragraph(_ text: String, _ role: StyleRole) -> [StyledText] {
            StyledText(text, theme[role]).wrapped(max(1, width - 4), atWords: true)
        }
        let notes = explanation(texts).flatMap { paragraph($0, .dialogLabel) } + (failure.map { paragraph($0, .flashError) } ?? [])
        let box = area.centered(Size(width: width, height: fields.count + notes.count + 6))
        frame.fill(box, with: Cell(" ", theme[.dialog]))
        let inside = BorderBox(title: StyledText(title, theme[.dialogTitle]), style: theme[.dialog]).draw(
            in: box, on: &frame
        )
        .inset(horizontally: 1, vertically: 0)
        let labelWidth = (fields.map { TextWidth.of($0.label) }.max() ?? 0) + 2
        for index in fields.indices { drawField(index, labelWidth, in: inside.row(index), on: &frame) }
        if let problem = validate(texts) {
            frame.write(problem, at: Point(x: inside.minX, y: inside.minY + fields.count), style: theme[.flashWarning], in: inside)
        }
        for (row, note) in notes.enumerated() {
            frame.write(note, at: Point(x: inside.minX, y: inside.minY + fields.count + 1 + row), in: inside)
        }
        let keys = "Enter \(verb)   Esc cancels   Tab next" + (fields[focus].choices.isEmpty ? "" : "   ←→ chooses")
        frame.write(keys, at: Point(x: inside.minX, y: inside.maxY - 1), style: theme[.dialogLabel], in: inside)
    }

    private func drawField(_ index: Int, _ labelWidth: Int, in line: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let field = fields[index]
        frame.write(field.label + ":", at: line.origin, style: theme[.dialogLabel], in: line)
        let place = Rect(x: line.minX + labelWidth, y: line.minY, width: max(1, line.width - labelWidth), height: 1)
        guard field.choices.isEmpty else {
            let style = theme[index == focus ? .dialogFocusedButton : .dialog]
            frame.write("‹ \(field.editor.text) ›", at: place.origin, style: style, in: place)
            return
        }
        let cursor = fields[index].editor.draw(in: place, style: theme[index == focus ? .dialogField : .dialog], on: &frame)
        if index == focus { frame.cursor = cursor }
    }
}
