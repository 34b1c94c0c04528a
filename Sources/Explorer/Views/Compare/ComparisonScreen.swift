import KubernetesClient
import KubernetesModel
import TextUI

/// Two objects, or two revisions of one, as a difference.
final class ComparisonScreen: PaneScreen {
    private let load: () async throws -> Comparison
    private unowned let shell: Shell
    var pane = TextPane()
    private var comparison: Comparison?
    private var problem: String?
    private var isWhole = false
    private var showsAll = false
    /// How often the two were compared: only the latest counts.
    private var comparisons = 0

    init(shell: Shell, load: @escaping () async throws -> Comparison) {
        self.shell = shell
        self.load = load
    }

    var title: String { "compare" }
    var document: ScreenDocument? { ScreenDocument(text: pane.text, name: "comparison", ending: "diff") }

    var bindings: [Binding] {
        [
            Binding("compare.serverFields", "m", title: "with status and versions", footer: true),
            Binding("compare.all", "x", title: "all lines", footer: true),
            Binding("compare.reload", "Ctrl-R", title: "read again"),
            Binding("document.wrap", "w", title: "wrap", footer: true),
        ] + TextPane.bindings
    }

    func start() {
        shell.work.run { [weak self] in await self?.reload() }
    }

    private func reload() async {
        do {
            comparison = try await load()
            problem = nil
        } catch {
            problem = FailureText.of(error)
        }
        await compare()
    }

    private func refresh() {
        shell.work.run { [weak self] in await self?.compare() }
    }

    private func compare() async {
        defer { shell.setNeedsDisplay() }
        guard let comparison else { return }
        comparisons += 1
        let number = comparisons
        let difference = await comparison.difference(isWhole: isWhole, context: showsAll ? nil : 3)
        guard number == comparisons else { return }
        let theme = shell.theme
        let heading = [
            StyledText("- \(comparison.left.title)", theme[.statusError]),
            StyledText("+ \(comparison.right.title)", theme[.live]),
            StyledText(),
        ]
        let lines = DiffText(theme: theme, ground: .text).lines(difference)
        pane.lines = heading + (lines.isEmpty ? [StyledText("They are the same", theme[.muted])] : lines)
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "compare.serverFields":
            isWhole.toggle()
            refresh()
        case "compare.all":
            showsAll.toggle()
            refresh()
        case "compare.reload": start()
        case "document.wrap": pane.wraps.toggle()
        default: return pane.perform(action)
        }
        return true
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        var title = StyledText("Compare", theme[.title])
        if pane.search != nil { title.append(" \(pane.searchText)", theme[.titleFilter]) }
        let note = StyledText(isWhole ? "with status and versions" : "", theme[.titleCounter])
        let inside = BorderBox(title: title, note: note, style: theme[.focusedBorder]).draw(in: area, on: &frame).inset(
            horizontally: 1, vertically: 0)
        guard comparison != nil else {
            let text = StyledText(problem ?? "Loading …", theme[problem == nil ? .muted : .flashError])
            return frame.write(paragraph: text, in: inside)
        }
        pane.draw(in: inside, on: &frame, theme: theme)
    }
}
