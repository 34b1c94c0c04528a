import KubernetesClient
import KubernetesModel
import TextUI

/// A tree of objects, branches to open and close, made anew when what it follows changes.
final class TreeScreen: Screen {
    private let name: String
    private let heading: String
    private let detail: String
    let command: String?
    private unowned let shell: Shell
    private let composition: Composition<KubernetesObject, [TreeNode]>
    /// Paths of ids of the branches that are closed.
    private var closed: Set<[String]> = []
    private var position = ScrollPosition()
    private var height: Int { max(1, place.height) }
    /// Where the lines were drawn last.
    private var place = Rect.zero
    private var text = ""
    private var pattern: TextSearch?
    private var unfolded = Kept<FilteredContent, [Line]>()

    /// - Parameters:
    ///   - scopes: what it follows.
    ///   - make: puts it together.
    init(
        name: String, heading: String, detail: String, command: String? = nil, shell: Shell, following scopes: [ReflectorScope],
        make: @escaping (ListScreen.Mirrors) async throws -> [TreeNode]
    ) {
        self.name = name
        self.heading = heading
        self.detail = detail
        self.command = command
        self.shell = shell
        let scopes = Set(scopes)
        composition = Composition(of: shell.session, in: shell, scopes: { _ in scopes }, read: { $0.parsed() }, make: make)
    }

    private var roots: [TreeNode]? { composition.content }

    var title: String { name }
    var filter: String? { text }
    var targets: [ObjectTarget] { selected?.node.target.map { [$0] } ?? [] }

    var absence: String? { selected == nil ? "There is nothing selected" : "This line stands for no object" }

    var bindings: [Binding] {
        [
            Binding("tree.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("tree.toggle", "Space", title: "open or close the branch", footer: true),
            Binding("tree.toggleAll", "x", title: "open or close all", footer: true),
            Binding("tree.reload", "Ctrl-R", title: "read again"),
        ] + ListNavigation.bindings
    }

    func start() { composition.start() }
    func stop() { composition.stop() }

    // MARK: Lines

    /// A node as it stands in the list.
    struct Line {
        let node: TreeNode
        let path: [String]
        /// `│  └─ `.
        let branch: String
    }

    private var lines: [Line] {
        let key = FilteredContent(version: composition.version, pattern: pattern?.pattern, closed: closed)
        return unfolded.value(for: key, make: makeLines)
    }

    private func makeLines() -> [Line] {
        var lines: [Line] = []
        func add(_ nodes: [TreeNode], _ path: [String], _ indentation: String) {
            let shown = nodes.filter { node in pattern.map { pattern in node.mentions(pattern.isFound) } ?? true }
            for (index, node) in shown.enumerated() {
                let isLast = index == shown.count - 1
                let own = path + [node.id]
                lines.append(Line(node: node, path: own, branch: path.isEmpty ? "" : indentation + (isLast ? "└─ " : "├─ ")))
                guard !closed.contains(own) else { continue }
                add(node.children, own, path.isEmpty ? "" : indentation + (isLast ? "   " : "│  "))
            }
        }
        add(roots ?? [], [], "")
        return lines
    }

    private var selected: Line? {
        let lines = lines
        return lines.indices.contains(position.selected) ? lines[position.selected] : nil
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "tree.open": if selected?.node.target != nil { shell.perform("object.describe") } else { toggle() }
        case "tree.toggle": toggle()
        case "tree.toggleAll": toggleAll()
        case "tree.reload": composition.remake()
        default: return ListNavigation.perform(action, &position, count: lines.count, page: height)
        }
        return true
    }

    private func toggle() {
        guard let selected, !selected.node.children.isEmpty else { return }
        if closed.remove(selected.path) == nil { closed.insert(selected.path) }
    }

    private func toggleAll() {
        if closed.isEmpty { closed = Set((roots ?? []).map { [$0.id] }) } else { closed = [] }
        position = ScrollPosition()
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

    func select(at point: Point) -> Bool {
        let row = position.top + point.y - place.minY
        guard place.contains(point), lines.indices.contains(row) else { return false }
        position.select(row, count: lines.count)
        return true
    }

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let lines = lines
        var title = StyledText(heading, theme[.title]) + StyledText("(\(detail))", theme[.titleHighlight])
        if !text.isEmpty { title.append(" /\(text)", theme[.titleFilter]) }
        let inside = BorderBox(title: title, note: composition.note(shell.trust), style: theme[.focusedBorder]).draw(in: area, on: &frame)
        place = inside
        position.fit(count: lines.count, height: height)
        if lines.isEmpty {
            let text = composition.problem ?? (roots == nil ? "Loading …" : "Nothing here")
            frame.write(TextWidth.truncated(text, inside.width), at: inside.origin, style: theme[.muted], in: inside)
        }
        for (row, index) in position.visible(count: lines.count, height: height).enumerated() {
            draw(lines[index], isSelected: index == position.selected, in: inside.row(row), on: &frame)
        }
    }

    private func draw(_ line: Line, isSelected: Bool, in row: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let style = isSelected ? theme[.cursor] : theme[line.node.role]
        if isSelected { frame.fill(row, with: Cell(" ", style)) }
        let sign = line.node.children.isEmpty ? "  " : closed.contains(line.path) ? "▸ " : "▾ "
        let text =
            StyledText(" " + line.branch + sign, isSelected ? style : theme[.muted]) + StyledText(line.node.title, style)
            + StyledText(
                "  " + line.node.note, isSelected ? style : theme[line.node.role == .helpSection ? .muted : line.node.role])
        frame.write(text.truncated(row.width), at: row.origin, in: row)
    }
}
