import TextUI

/// A text that does not change.
final class PlainTextScreen: PaneScreen {
    let title: String
    private let heading: String
    private unowned let shell: Shell
    var pane = TextPane()

    init(title: String, heading: String, lines: [StyledText], shell: Shell) {
        self.title = title
        self.heading = heading
        self.shell = shell
        pane.lines = lines
    }

    convenience init(title: String, heading: String, text: String, isYAML: Bool = false, shell: Shell) {
        let theme = shell.theme
        let lines = isYAML ? YAMLHighlighter(theme: theme).lines(text) : SafeText.lines(text).map { StyledText($0, theme[.text]) }
        self.init(title: title, heading: heading, lines: lines, shell: shell)
    }

    var bindings: [Binding] { [Binding("document.wrap", "w", title: "wrap", footer: true)] + TextPane.bindings }
    var document: ScreenDocument? { ScreenDocument(text: pane.text, name: title, ending: "txt") }

    func perform(_ action: ActionID) -> Bool {
        guard action == "document.wrap" else { return pane.perform(action) }
        pane.wraps.toggle()
        return true
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let box = BorderBox(title: StyledText(heading, theme[.title]), style: theme[.focusedBorder])
        pane.draw(in: box.draw(in: area, on: &frame).inset(horizontally: 1, vertically: 0), on: &frame, theme: theme)
    }
}
