import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// A list that is no table of one resource: put together from what it follows, and made anew when that changes.
final class ListScreen: Screen {
    struct Row {
        var cells: [String]
        /// Columns that tell how long ago something was; their cells are filled in when they are drawn.
        var times: [Int: Instant] = [:]
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

    typealias Mirrors = [ReflectorScope: ObjectMirror]

    let title: String
    let command: String?
    private let heading: String
    private unowned let shell: Shell
    /// Keys for what its rows can do.
    private let ownBindings: [Binding]
    private let composition: Composition<KubernetesObject, Content>
    /// What it is not made of, but made anew after: of whom nobody may look nothing comes.
    private let reminders: Set<ReflectorScope>
    private let reminding: LiveObjects<Void>
    private var list = ListPane()
    private var text = ""
    private var pattern: TextSearch?
    /// The row under the cursor when it was last looked at, and of which content it was.
    private var seenRow: Row?
    private var seenVersion = 0
    private var filtered = Kept<FilteredContent, [Row]>()

    /// - Parameters:
    ///   - title: what the crumbs call it.
    ///   - heading: what the frame says above it.
    ///   - bindings: keys for the acts of its rows.
    ///   - scopes: what it follows, given what is known so far.
    ///   - reminders: after a change of what it is made anew besides.
    ///   - make: puts it together.
    init(
        _ title: String, heading: String, command: String? = nil, bindings: [Binding] = [], shell: Shell,
        following scopes: @escaping (Mirrors) -> Set<ReflectorScope>, remindedBy reminders: Set<ReflectorScope> = [],
        make: @escaping (Mirrors) async throws -> Content
    ) {
        self.reminders = reminders
        ownBindings = bindings
        self.title = title
        self.heading = heading
        self.command = command
        self.shell = shell
        let composition = Composition(of: shell.session, in: shell, scopes: scopes, read: { $0.parsed() }, make: make)
        self.composition = composition
        reminding = LiveObjects(of: shell.session, now: shell.now, read: { _ in }) { [weak composition] in composition?.remake() }
    }

    /// - Parameter scopes: what it follows.
    convenience init(
        _ title: String, heading: String, command: String? = nil, bindings: [Binding] = [], shell: Shell,
        following scopes: [ReflectorScope] = [], make: @escaping (Mirrors) async throws -> Content
    ) {
        let scopes = Set(scopes)
        self.init(title, heading: heading, command: command, bindings: bindings, shell: shell, following: { _ in scopes }, make: make)
    }

    private var content: Content? { composition.content }

    var filter: String? { text }
    var targets: [ObjectTarget] { selected?.target.map { [$0] } ?? [] }

    var absence: String? { selected == nil ? "There is nothing selected" : "This line stands for no object" }

    var bindings: [Binding] {
        [
            Binding("list.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("list.reload", "Ctrl-R", title: "ask again"),
            Binding("list.left", "Left", title: "scroll left", section: .navigation),
            Binding("list.right", "Right", title: "scroll right", section: .navigation),
        ] + ownBindings + ListNavigation.bindings
    }

    func start() {
        composition.start()
        reminding.follow(reminders)
    }

    func stop() {
        composition.stop()
        reminding.follow([])
    }

    /// What it tells has changed, though nothing that it follows.
    func remake() { composition.remake() }

    // MARK: Rows

    private var rows: [Row] {
        filtered.value(for: FilteredContent(version: composition.version, pattern: pattern?.pattern)) {
            guard let content else { return [] }
            guard let pattern else { return content.rows }
            return content.rows.filter { pattern.isFound(in: $0.cells.joined(separator: " ")) }
        }
    }

    private var selected: Row? {
        followRow()
        let rows = rows
        return rows.indices.contains(list.selected) ? rows[list.selected] : nil
    }

    /// The cursor stays on its row when others come or go.
    private func followRow() {
        let rows = rows
        if seenVersion != composition.version, let seenRow, let place = place(of: seenRow, in: rows) {
            list.select(place, count: rows.count)
        }
        seenVersion = composition.version
        seenRow = rows.indices.contains(list.selected) ? rows[list.selected] : nil
    }

    /// Where a row stands now: as it was, else by its name.
    private func place(of row: Row, in rows: [Row]) -> Int? {
        if rows.indices.contains(list.selected), rows[list.selected].cells == row.cells { return list.selected }
        let name = name(of: row)
        return rows.firstIndex { $0.cells == row.cells } ?? rows.firstIndex { self.name(of: $0) == name }
    }

    /// What tells a row from the others, whatever becomes of it.
    private func name(of row: Row) -> String {
        if let target = row.target { return target.path }
        let isPlaced = content?.titles.dropFirst().first == "NAMESPACE"
        return row.cells.prefix(isPlaced ? 2 : 1).joined(separator: " ")
    }

    func disabledReason(for action: ActionID) -> String? {
        let isForRow = action == "list.open" || ownBindings.contains { $0.action == action }
        if isForRow, content == nil { return composition.problem ?? "The rows are still coming" }
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
        case "list.left": list.scroll(by: -1, of: content?.titles.count ?? 0)
        case "list.right": list.scroll(by: 1, of: content?.titles.count ?? 0)
        case "list.reload":
            shell.askAgain()
            remake()
        case _ where selected?.acts[action] != nil: selected?.acts[action]?.run()
        default:
            defer { followRow() }
            followRow()
            return list.perform(action, count: rows.count)
        }
        return true
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        self.text = text
        list = ListPane()
        pattern = TextSearch(text)
        return text.isEmpty || pattern != nil ? nil : "not a regular expression"
    }

    func goBack() -> Bool {
        guard !text.isEmpty else { return false }
        _ = setFilter("", isFinal: true)
        return true
    }

    // MARK: Drawing

    func select(at point: Point) -> Bool {
        defer { followRow() }
        return list.select(at: point)
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        followRow()
        let rows = rows
        let all = content?.rows.count ?? 0
        var heading = StyledText(heading, theme[.title])
        heading.append("[\(rows.count == all ? "\(all)" : "\(rows.count)/\(all)")]", theme[.titleCounter])
        if !text.isEmpty { heading.append(" /\(text)", theme[.titleFilter]) }
        let box = BorderBox(title: heading, note: composition.note(shell.trust), style: theme[.focusedBorder])
        let inside = box.draw(in: area, on: &frame)
        let absence = composition.problem ?? (text.isEmpty ? content?.absence ?? "Loading …" : "Nothing matches \(text)")
        let table = ListTable(titles: content?.titles ?? [], count: rows.count, role: { rows[$0].role }) { [now = shell.now()] in
            Self.cells(rows[$0], now: now)
        }
        list.draw(table, absence: absence, theme: theme, in: inside, on: &frame)
    }

    private static func cells(_ row: Row, now: Instant) -> [String] {
        var cells = row.cells
        for (column, time) in row.times where cells.indices.contains(column) { cells[column] = HumanDuration.text(since: time, now: now) }
        return cells
    }
}
