import Foundation
import KubernetesClient
import KubernetesModel
import TextUI

/// A table that Fathom puts together itself, once it is opened and again on `Ctrl-R`.
final class ListScreen: Screen {
    struct Row {
        var cells: [String]
        /// The object that it stands for, which all that can be done to objects is done to.
        var target: ObjectTarget?
        /// What Enter does.
        var open: (() -> Void)?
    }

    struct Content {
        var titles: [String]
        var rows: [Row]
        /// Said where there are no rows.
        var absence: String
    }

    let title: String
    let command: String?
    private let heading: String
    private unowned let shell: Shell
    private let load: () async throws -> Content
    private var content: Content?
    private var problem: String?
    private var position = ScrollPosition()
    private var height = 1
    private var text = ""

    /// - Parameters:
    ///   - title: what the crumbs call it.
    ///   - heading: what the frame says above it.
    init(_ title: String, heading: String, command: String? = nil, shell: Shell, load: @escaping () async throws -> Content) {
        self.title = title
        self.heading = heading
        self.command = command
        self.shell = shell
        self.load = load
    }

    var filter: String? { text }
    var targets: [ObjectTarget] { selected?.target.map { [$0] } ?? [] }

    var bindings: [Binding] {
        [
            Binding("list.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("list.reload", "Ctrl-R", title: "ask again", section: .view),
        ] + ListNavigation.bindings
    }

    private var rows: [Row] {
        let all = content?.rows ?? []
        return text.isEmpty ? all : all.filter { row in row.cells.contains { $0.localizedCaseInsensitiveContains(text) } }
    }

    private var selected: Row? {
        let rows = rows
        return rows.indices.contains(position.selected) ? rows[position.selected] : nil
    }

    func start() {
        if content == nil { reload() }
    }

    private func reload() {
        shell.work.run { [weak self] in
            guard let self else { return }
            do {
                content = try await load()
                problem = nil
            } catch {
                problem = "\(error)"
            }
            shell.setNeedsDisplay()
        }
    }

    func disabledReason(for action: ActionID) -> String? {
        action == "list.open" && selected?.open == nil ? "There is nothing behind it" : nil
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "list.open": selected?.open?()
        case "list.reload": reload()
        default: return ListNavigation.perform(action, &position, count: rows.count, page: height)
        }
        return true
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        self.text = text
        position = ScrollPosition()
        return nil
    }

    func goBack() -> Bool {
        defer { text = "" }
        return !text.isEmpty
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let rows = rows
        let filter = text.isEmpty ? StyledText() : StyledText(" </\(text)>", theme[.titleFilter])
        let title = StyledText(SafeText.line(heading), theme[.title]) + StyledText("[\(rows.count)]", theme[.titleCounter]) + filter
        let inside = BorderBox(title: title, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        height = max(1, inside.height - 1)
        if let words = words(rows) {
            for (line, text) in StyledText(words.text, theme[words.role]).wrapped(inside.width - 2).enumerated() {
                frame.write(text, at: Point(x: inside.minX + 1, y: inside.minY + line), in: inside)
            }
            return
        }
        position.fit(count: rows.count, height: height)
        let cells = rows.map { $0.cells.map { SafeText.line($0) } }
        ListTable(titles: content?.titles ?? [], cells: cells, position: position, theme: theme).draw(in: inside, on: &frame)
    }

    /// What is said in place of rows.
    private func words(_ rows: [Row]) -> (text: String, role: StyleRole)? {
        if let problem { return (SafeText.line(problem), .statusError) }
        guard let content else { return ("Asking…", .muted) }
        guard rows.isEmpty else { return nil }
        return (text.isEmpty ? content.absence : "Nothing matches \(SafeText.line(text))", .muted)
    }
}
