import KubernetesModel
import ResourceTables
import TextUI

/// A list that is no table of one resource: loaded when it opens and again every few seconds while it is looked at.
final class ListScreen: Screen {
    struct Row {
        var cells: [String]
        var role = StyleRole.text
        /// The object that it stands for, which all that can be done to objects is done to.
        var target: ObjectTarget?
        /// What Enter does instead of describing the object.
        var open: (() -> Void)?
        /// What the list's own keys do here.
        var acts: [ActionID: Act] = [:]
    }

    struct Act {
        /// Why it can't be done; nil when it can.
        var obstacle: () -> String? = { nil }
        let run: () -> Void
    }

    struct Content {
        var titles: [String]
        var rows: [Row]
        /// Said where there are no rows.
        var absence: String
    }

    /// How often a list, or a tree, is read again while it is looked at.
    static let interval = Duration.seconds(5)

    let title: String
    let command: String?
    private let heading: String
    private unowned let shell: Shell
    /// Keys for what its rows can do.
    private let ownBindings: [Binding]
    private let load: () async throws -> Content
    private(set) var content: Content?
    private var problem: String?
    private var position = ScrollPosition()
    private var height = 1
    private var text = ""
    private var pattern: TextSearch?
    private var loading: Task<Void, Never>?

    /// - Parameters:
    ///   - title: what the crumbs call it.
    ///   - heading: what the frame says above it.
    ///   - bindings: keys for the acts of its rows.
    init(
        _ title: String, heading: String, command: String? = nil, bindings: [Binding] = [], shell: Shell,
        load: @escaping () async throws -> Content
    ) {
        ownBindings = bindings
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
            Binding("list.reload", "Ctrl-R", title: "ask again"),
        ] + ownBindings + ListNavigation.bindings
    }

    // MARK: Loading

    func start() {
        loading = Task { [weak self] in
            repeat { await self?.reload() } while (try? await Task.sleep(for: Self.interval)) != nil && self != nil
        }
    }

    func stop() {
        loading?.cancel()
        loading = nil
    }

    func reload() async {
        do {
            content = try await load()
            problem = nil
        } catch {
            guard !Task.isCancelled else { return }
            problem = "\(error)"
        }
        shell.setNeedsDisplay()
    }

    // MARK: Rows

    private var rows: [Row] {
        guard let content else { return [] }
        guard let pattern else { return content.rows }
        return content.rows.filter { pattern.isFound(in: $0.cells.joined(separator: " ")) }
    }

    private var selected: Row? {
        let rows = rows
        return rows.indices.contains(position.selected) ? rows[position.selected] : nil
    }

    func disabledReason(for action: ActionID) -> String? {
        if ownBindings.contains(where: { $0.action == action }) {
            guard let selected else { return "There is nothing selected" }
            return selected.acts[action].map { $0.obstacle() } ?? "That can't be done to this one"
        }
        guard action == "list.open", let selected, selected.open == nil, selected.target == nil else { return nil }
        return "There is nothing behind it"
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "list.open":
            if let open = selected?.open { open() } else if selected?.target != nil { shell.perform("object.describe") }
        case "list.reload": Task { await reload() }
        case _ where selected?.acts[action] != nil: selected?.acts[action]?.run()
        default: return ListNavigation.perform(action, &position, count: rows.count, page: height)
        }
        return true
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        self.text = text
        position = ScrollPosition()
        pattern = TextSearch(text)
        return text.isEmpty || pattern != nil ? nil : "not a regular expression"
    }

    func goBack() -> Bool {
        guard !text.isEmpty else { return false }
        _ = setFilter("", isFinal: true)
        return true
    }

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let rows = rows
        let all = content?.rows.count ?? 0
        var heading = StyledText(SafeText.line(heading), theme[.title])
        heading.append("[\(rows.count == all ? "\(all)" : "\(rows.count)/\(all)")]", theme[.titleCounter])
        if !text.isEmpty { heading.append(" /\(SafeText.line(text))", theme[.titleFilter]) }
        let note = problem ?? (content == nil ? "loading" : "")
        let box = BorderBox(title: heading, note: StyledText(SafeText.line(note), theme[.stale]), style: theme[.focusedBorder])
        let inside = box.draw(in: area, on: &frame)
        height = max(1, inside.height - 1)
        position.fit(count: rows.count, height: height)
        guard let content, !rows.isEmpty else {
            let text = problem ?? (text.isEmpty ? content?.absence ?? "Loading …" : "Nothing matches \(text)")
            for (row, line) in StyledText(SafeText.line(text), theme[.muted]).wrapped(max(1, inside.width - 2), atWords: true).enumerated()
            {
                frame.write(line, at: Point(x: inside.minX + 1, y: inside.minY + row), in: inside)
            }
            return
        }
        ListTable(
            titles: content.titles, cells: rows.map { $0.cells.map { SafeText.line($0) } }, roles: rows.map(\.role), position: position,
            theme: theme
        ).draw(in: inside, on: &frame)
    }
}
