import TextUI

/// Asks before something in the cluster is changed, and shows the exact request.
final class ConfirmationLayer: Layer {
    struct Question {
        var title: String
        /// What will happen, a line each.
        var text: [String]
        /// More about it: what will differ, what is wrong where.
        var details: [StyledText] = []
        /// The requests as they will be sent: `DELETE /api/v1/…`.
        var requests: [String]
        /// Other ways to do it, `Ctrl-O` goes through them; the first is what happens unless another is chosen.
        var variants: [Variant] = []
        /// What the button says: `Delete`.
        var verb: String
        /// A name that has to be typed first; nil where a key press is enough.
        var typedName: String?
        var field: Field?
        /// Of the cluster that it is about; nil stands for the one that keys are about.
        var guardLevel: GuardLevel?
    }

    /// A text field to fill in: the replicas of a scale.
    struct Field {
        let label: String
        /// What it holds at first.
        let text: String
        /// Whether that is there to be changed, as an image is, and not to be overtyped.
        var isEdited = false
    }

    struct Variant {
        /// `Propagation: Foreground`.
        let title: String
        /// What is peculiar to it, a line each.
        var text: [String] = []
        let requests: [String]
    }

    private let question: Question
    /// The place of the variant chosen.
    private var variant = 0
    private unowned let shell: Shell
    private let onConfirm: (String) -> Void
    /// Told the place of the variant chosen, after `onConfirm`.
    var onVariant: (Int) -> Void = { _ in }
    var onCancel: () -> Void = {}
    private var editor: LineEditor
    private var isVerbFocused: Bool
    /// What is above the buttons; it scrolls where the screen is too small for it.
    private var pane = TextPane()
    /// Where Cancel and the verb were drawn last.
    private var buttons: [Rect] = []
    /// What is wrong with the content of the field.
    private let validate: (String) -> String?

    init(_ question: Question, shell: Shell, validate: @escaping (String) -> String? = { _ in nil }, onConfirm: @escaping (String) -> Void)
    {
        self.question = question
        self.shell = shell
        self.validate = validate
        self.onConfirm = onConfirm
        editor = LineEditor(question.field?.text ?? "", isSelected: question.field?.isEdited == false)
        isVerbFocused = question.field != nil
    }

    var isOpaque: Bool { false }
    private var hasField: Bool { question.typedName != nil || question.field != nil }

    private var obstacle: String? {
        if let name = question.typedName, editor.text != name { return "type \(name) to go on" }
        return question.field != nil ? validate(editor.text) : nil
    }

    func handle(_ event: InputEvent) -> EventResult {
        switch event {
        case .paste(let text): if hasField { editor.insert(text) }
        case .mouse(let mouse): return handle(mouse)
        case .key(let key): return handle(key)
        }
        return .consumed
    }

    private func handle(_ mouse: MouseEvent) -> EventResult {
        if let arrow = mouse.kind.arrow { return handle(arrow) }
        guard let button = buttons.firstIndex(where: { $0.contains(mouse.position) }) else { return .consumed }
        // A click meant for what was here before may land here: what is to be done has to be chosen first.
        if button == 1, !isVerbFocused {
            isVerbFocused = true
            return .consumed
        }
        return submit(button == 1)
    }

    private func handle(_ key: KeyPress) -> EventResult {
        switch key {
        case KeyPress(.escape), .control("c"): return submit(false)
        case KeyPress(.tab), KeyPress(.tab, .shift): isVerbFocused.toggle()
        case .control("o") where !question.variants.isEmpty: variant = (variant + 1) % question.variants.count
        case KeyPress(.down): _ = pane.perform("text.down")
        case KeyPress(.up): _ = pane.perform("text.up")
        case KeyPress(.pageDown): _ = pane.perform("text.pageDown")
        case KeyPress(.pageUp): _ = pane.perform("text.pageUp")
        case KeyPress(.left) where !hasField, KeyPress(.right) where !hasField: isVerbFocused.toggle()
        // Who types a name wants to go on: a wrong one is told instead of taken for a no.
        case KeyPress(.enter) where question.typedName != nil && !editor.text.isEmpty && obstacle != nil: break
        case KeyPress(.enter): return submit(isVerbFocused || question.typedName != nil && obstacle == nil)
        case "y" where !hasField: return submit(true)
        case "n" where !hasField: return submit(false)
        default:
            guard hasField, editor.handle(key) else { return shell.handleBehindDialog(key) }
        }
        return .consumed
    }

    private func submit(_ isConfirmed: Bool) -> EventResult {
        guard isConfirmed else { return .close { [onCancel] in onCancel() } }
        guard obstacle == nil else { return .consumed }
        let text = editor.text
        return .close { [onConfirm, onVariant, variant] in
            onConfirm(text)
            onVariant(variant)
        }
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let lines = styledLines(width: area.width - 8)
        // Frame, a blank line and the buttons; and with a field it, what is missing in it, and another blank line.
        let extra = hasField ? 7 : 4
        let width = max(40, (lines.map(\.width).max() ?? 0) + 4)
        let box = area.centered(Size(width: width, height: lines.count + extra))
        frame.fill(box, with: Cell(" ", theme[.dialog]))
        let isCut = lines.count + extra > box.height
        let note = isCut ? StyledText("↑↓ scroll", theme[.dialogLabel]) : StyledText()
        let level = question.guardLevel ?? shell.session.guardLevel
        let inside = BorderBox.guarding(level, StyledText(question.title, theme[.dialogTitle]), note, theme[.dialog], theme).draw(
            in: box, on: &frame)
        pane.lines = lines
        pane.draw(in: inside.cuttingBottom(extra - 2).rest.inset(horizontally: 1, vertically: 0), on: &frame, theme: theme)
        if hasField { drawField(in: inside.cuttingBottom(4).bottom, on: &frame) }
        drawButtons(in: inside.row(inside.height - 1), on: &frame)
    }

    private func styledLines(width: Int) -> [StyledText] {
        let theme = shell.theme
        let parts = [
            question.text.map { StyledText($0, theme[.dialog]) }, question.details,
            variantLines, requests.map { StyledText($0, theme[.dialogLabel]) },
        ]
        let lines = parts.filter { !$0.isEmpty }.joined(separator: [StyledText()])
        return lines.flatMap { $0.wrapped(width, atWords: true) }
    }

    private var requests: [String] { question.variants.isEmpty ? question.requests : question.variants[variant].requests }

    private var variantLines: [StyledText] {
        guard question.variants.indices.contains(variant) else { return [] }
        let style = shell.theme[.dialog]
        let hint = question.variants.count > 1 ? "   Ctrl-O changes it" : ""
        return [StyledText(question.variants[variant].title, style.with(.bold)) + StyledText(hint, style.with(.dim))]
            + question.variants[variant].text.map { StyledText($0, style) }
    }

    /// The field in the first line of `area`, what is missing in the second.
    private func drawField(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let label = question.field?.label ?? "Type \(question.typedName ?? "")"
        let start = frame.write(label + ": ", at: Point(x: area.minX + 1, y: area.minY), style: theme[.dialogLabel], in: area)
        let field = Rect(x: start, y: area.minY, width: min(40, area.maxX - start - 1), height: 1)
        frame.cursor = editor.draw(in: field, style: theme[.dialogField], on: &frame)
        if let obstacle, !editor.text.isEmpty {
            frame.write(obstacle, at: Point(x: area.minX + 1, y: area.minY + 1), style: theme[.dialogLabel], in: area)
        }
    }

    private func drawButtons(in line: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let texts = [(" Cancel ", !isVerbFocused), (" \(question.verb) ", isVerbFocused)]
        var x = line.minX + max(1, (line.width - texts.reduce(2) { $0 + TextWidth.of($1.0) }) / 2)
        buttons = []
        for (text, isFocused) in texts {
            let style = theme[isFocused ? .dialogFocusedButton : .dialogButton]
            let end = frame.write(text, at: Point(x: x, y: line.minY), style: style, in: line)
            buttons.append(Rect(x: x, y: line.minY, width: end - x, height: 1))
            x = end + 2
        }
    }
}
