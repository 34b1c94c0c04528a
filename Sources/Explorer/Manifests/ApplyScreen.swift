import KubernetesModel
import TextUI

/// What applying files would do, object by object, and how far it has come.
final class ApplyScreen: Screen {
    private let path: String
    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    private let run: ApplyRun
    var isForced: Bool { run.isForced }
    private unowned let shell: Shell
    private var list = ListPane()

    /// - Parameter path: what is applied: a file or a folder.
    init(_ run: ApplyRun, path: String, after old: ApplyScreen? = nil, shell: Shell) {
        self.path = path
        self.run = run
        if let old { list = old.list }
        self.shell = shell
        run.onChange = { [weak shell] in shell?.setNeedsDisplay() }
    }

    var title: String { "apply" }
    var targets: [ObjectTarget] { selected.flatMap(\.target).map { [$0] } ?? [] }

    var bindings: [Binding] {
        [
            Binding("apply.details", "Enter", title: "what changes", section: .resource, footer: true),
            Binding("apply.apply", "a", title: "apply", section: .resource, footer: true),
            Binding("apply.force", "f", title: "take conflicting fields over, or not", section: .resource, footer: true),
            Binding("apply.plan", "Ctrl-R", title: "read and ask again", section: .resource),
            Binding("apply.stop", "Ctrl-X", title: "stop", section: .resource),
        ] + ListNavigation.bindings
    }

    private var selected: ApplyRun.Entry? {
        run.entries.indices.contains(list.selected) ? run.entries[list.selected] : nil
    }

    func disabledReason(for action: ActionID) -> String? {
        if run.isApplying, ["apply.apply", "apply.force", "apply.plan"].contains(action) {
            return "What was agreed to is still being applied; Ctrl-X stops it"
        }
        guard action == "apply.apply" else { return nil }
        if let obstacle = shell.session.guardLevel.obstacle { return obstacle }
        if run.isPlanning { return "The server is still being asked what would change" }
        return run.writes.isEmpty ? "There is nothing to apply" : nil
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "apply.details": openDetails()
        case "apply.apply": apply()
        case "apply.force": plan(forced: !run.isForced)
        case "apply.plan": shell.apply(path, again: self)
        case "apply.stop": run.stop()
        default: return list.perform(action, count: run.entries.count)
        }
        return true
    }

    /// Asks the server what would change.
    func plan(forced: Bool) {
        shell.work.run { [run] in await run.plan(forced: forced) }
    }

    private func apply() {
        let writes = run.begin()
        let held = run.entries.count { if case .conflicts = $0.state { true } else { false } }
        let refused = run.entries.count { if case .refused = $0.state { true } else { false } }
        var text = ["Apply \(name): \(writes.count) \(writes.count == 1 ? "object" : "objects") will be created or changed."]
        if held > 0 { text.append("Left as they are because of conflicts: \(held); f takes their fields over.") }
        if refused > 0 { text.append("Refused and left out: \(refused).") }
        if let problem = run.manifests.problems.first {
            text.append("Not all could be read, and what could not is left out: \(problem)")
        }
        let details = DiffText(theme: shell.theme)
        let changes = run.entries.flatMap { entry -> [StyledText] in
            guard case .changes(let lines) = entry.state, let target = entry.target else { return [] }
            return [StyledText(target.text, shell.theme[.dialog].with(.bold))] + details.lines(lines)
        }
        shell.confirm(writes, verb: "Apply", done: "Applied", text: text, details: changes)
    }

    private func openDetails() {
        guard let entry = selected else { return }
        let theme = shell.theme
        let lines: [StyledText] =
            switch entry.state {
            case .changes(let difference): DiffText(theme: theme).lines(difference)
            case .refused(let reason): [StyledText(reason, theme[.statusError])]
            case .conflicts(let conflicts):
                conflicts.map { StyledText("\($0.field) belongs to \($0.manager)", theme[.statusError]) }
                    + [StyledText(), StyledText("Esc and then f takes these fields over.", theme[.muted])]
            default: YAMLHighlighter(theme: theme).lines(YAML.write(.object(SecretSizes.hidden(entry.document.object.json))))
            }
        shell.push(PlainTextScreen(title: "details", heading: entry.document.place, lines: lines, shell: shell))
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let heading =
            StyledText("Apply", theme[.title]) + StyledText("(\(name))", theme[.titleHighlight])
            + StyledText("[\(run.entries.count)]", theme[.titleCounter])
        let inside = BorderBox(title: heading, note: note, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let notes = notes(width: inside.width - 2).prefix(max(0, inside.height / 3))
        let (rows, bottom) = inside.cuttingBottom(notes.count)
        let table = ListTable(
            titles: ["OBJECT", "NAMESPACE", "WHAT", "FILE"], count: run.entries.count, role: { [run] in run.entries[$0].state.role }
        ) { [run] in run.entries[$0].cells }
        list.draw(table, theme: theme, in: rows, on: &frame)
        for (row, note) in notes.enumerated() { frame.write(note, at: Point(x: bottom.minX + 1, y: bottom.minY + row), in: bottom) }
    }

    /// Why the selected object is refused, in full, and what could not be read of the files.
    private func notes(width: Int) -> [StyledText] {
        var texts = run.manifests.problems
        if case .refused(let reason)? = selected?.state { texts.insert(reason, at: 0) }
        return texts.flatMap { StyledText($0, shell.theme[.statusError]).wrapped(max(1, width), atWords: true) }
    }

    private var note: StyledText {
        if run.isPlanning { return StyledText("asking the server", shell.theme[.stale]) }
        return run.isForced ? StyledText("taking conflicting fields over", shell.theme[.flashWarning]) : StyledText()
    }
}

extension ApplyRun.Entry {
    fileprivate var cells: [String] {
        let object = document.object
        return ["\(object.kind)/\(object.name)", target?.namespace ?? "", state.text, document.place]
    }
}
