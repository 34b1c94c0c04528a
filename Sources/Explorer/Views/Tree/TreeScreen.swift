import KubernetesModel
import TextUI

/// A tree of objects, branches to open and close, read again every few seconds while it is looked at.
final class TreeScreen: Screen {
    private let name: String
    private let heading: String
    private let detail: String
    let command: String?
    private unowned let shell: Shell
    private let cluster: ClusterSession
    private let load: @MainActor (ClusterSession) async throws -> [TreeNode]

    private(set) var roots: [TreeNode]?
    private var problem: String?
    /// Paths of ids of the branches that are closed.
    private var closed: Set<[String]> = []
    private var position = ScrollPosition()
    private var height = 1
    private var text = ""
    private var pattern: TextSearch?
    private var loading: Task<Void, Never>?

    init(
        name: String, heading: String, detail: String, command: String? = nil, shell: Shell,
        load: @escaping @MainActor (ClusterSession) async throws -> [TreeNode]
    ) {
        self.name = name
        self.heading = heading
        self.detail = detail
        self.command = command
        self.shell = shell
        cluster = shell.session
        self.load = load
    }

    var title: String { name }
    var filter: String? { text }
    var targets: [ObjectTarget] { selected?.node.target.map { [$0] } ?? [] }

    var bindings: [Binding] {
        [
            Binding("tree.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("tree.toggle", "Space", title: "open or close the branch", footer: true),
            Binding("tree.toggleAll", "x", title: "open or close all", footer: true),
            Binding("tree.reload", "Ctrl-R", title: "read again"),
        ] + ListNavigation.bindings
    }

    func start() {
        loading = Task { [weak self] in
            repeat { await self?.reload() } while (try? await Task.sleep(for: ListScreen.interval)) != nil && self != nil
        }
    }

    func stop() {
        loading?.cancel()
        loading = nil
    }

    func reload() async {
        do {
            roots = try await load(cluster)
            problem = nil
        } catch {
            guard !Task.isCancelled else { return }
            problem = "\(error)"
        }
        shell.setNeedsDisplay()
    }

    // MARK: Lines

    /// A node as it stands in the list.
    struct Line {
        let node: TreeNode
        let path: [String]
        /// `│  └─ `.
        let branch: String
    }

    private var lines: [Line] {
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
        case "tree.reload": Task { await reload() }
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

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let lines = lines
        var title = StyledText(heading, theme[.title]) + StyledText("(\(SafeText.line(detail)))", theme[.titleHighlight])
        if !text.isEmpty { title.append(" /\(text)", theme[.titleFilter]) }
        let note = StyledText(SafeText.line(problem ?? (roots == nil ? "loading" : "")), theme[.stale])
        let inside = BorderBox(title: title, note: note, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        height = max(1, inside.height)
        position.fit(count: lines.count, height: height)
        if lines.isEmpty {
            let text = problem ?? (roots == nil ? "Loading …" : "Nothing here")
            frame.write(TextWidth.truncated(SafeText.line(text), inside.width), at: inside.origin, style: theme[.muted], in: inside)
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
            StyledText(" " + line.branch + sign, isSelected ? style : theme[.muted]) + StyledText(SafeText.line(line.node.title), style)
            + StyledText(
                "  " + SafeText.line(line.node.note), isSelected ? style : theme[line.node.role == .helpSection ? .muted : line.node.role])
        frame.write(text.truncated(row.width), at: row.origin, in: row)
    }
}
