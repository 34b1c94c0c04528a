import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI
import Troubleshooting

/// One object as text, kept up to date: its YAML or its description, and what changed of it while it was looked at.
final class DocumentScreen: PaneScreen {
    enum Content {
        case yaml, description
    }

    private let target: ObjectTarget
    private let content: Content
    private unowned let shell: Shell
    private let cluster: ClusterSession
    private lazy var follower = ObjectFollower(target, session: cluster, now: shell.now) { [weak self] in self?.refresh() }
    private lazy var beside = LiveObjects(of: cluster, now: shell.now) { [weak self] in self?.refresh() }
    var pane: TextPane
    private var isFull = false
    private var showsManagedFields = false
    private var decodesSecret: Bool
    /// Which change is shown instead of the object, and where its text is scrolled to.
    private var change: (number: Int, pane: TextPane)?
    /// What a change did, by the versions before and after it; without lines while it is found out.
    private var difference: (versions: [String], lines: [LineDiff.Line]?)?
    private var links: [TextLink] = []
    /// When the ages that the text tells were true.
    private var toldAt: Instant?
    /// What the view below told of the object when this one was opened.
    private let lastSeen: LastSeen?

    init(_ target: ObjectTarget, content: Content, decodesSecret: Bool = false, shell: Shell) {
        self.target = target
        self.content = content
        self.decodesSecret = decodesSecret
        self.shell = shell
        cluster = shell.session(of: target)
        lastSeen = shell.screen?.lastSeen(of: target)
        pane = content == .yaml ? .foldable : TextPane()
    }

    var title: String { content == .yaml ? "yaml" : "describe" }
    var targets: [ObjectTarget] { [target] }
    var filter: String? { (change?.pane ?? pane).search?.pattern ?? "" }
    var document: ScreenDocument? {
        ScreenDocument(
            text: (change?.pane ?? pane).text, name: "\(target.resource.singularName)-\(target.name)",
            ending: content == .yaml ? "yaml" : "txt")
    }

    var bindings: [Binding] {
        var own = [
            // The key that opened this is not offered again.
            Binding("object.describe", "d", title: "describe", section: .resource, footer: content == .yaml),
            Binding("object.yaml", "y", title: "yaml", section: .resource, footer: content == .description),
            Binding("document.full", "f", title: "full screen"),
            Binding("document.wrap", "w", title: "wrap", footer: true),
            Binding("document.changes", "v", title: "what changed", footer: true),
            Binding("document.olderChange", "<", title: "the change before"),
            Binding("document.newerChange", ">", title: "the change after"),
        ]
        if content == .yaml { own.append(Binding("document.managedFields", "m", title: "managed fields", footer: true)) }
        if content == .yaml, target.resource.groupResource == GroupResource(resource: "secrets") {
            own.append(Binding("document.decode", "x", title: "decode", footer: true))
        }
        own +=
            content == .yaml
            ? [Binding("document.follow", "Enter", title: "follow the link, or close or open the block")] + TextPane.foldingBindings
            : [Binding("document.follow", "Enter", title: "follow the link", footer: true)] + TextPane.stopBindings
        return own + TextPane.bindings
    }

    func start() {
        follower.start(shell.work)
        follow()
    }

    func stop() {
        follower.stop()
        beside.follow([])
    }

    /// What else the description tells of, once the object is known.
    private func follow() {
        guard content == .description, let object = follower.object else { return }
        beside.follow(ObjectDescription.scopes(of: object, resource: target.resource))
    }

    private func refresh() {
        defer { shell.setNeedsDisplay() }
        follow()
        tell()
    }

    private func tell() {
        toldAt = shell.now()
        refreshChange()
        guard let object = follower.object else { return }
        switch content {
        case .yaml:
            let visible = showsManagedFields ? object : object.withoutManagedFields
            let shown = decodesSecret ? SecretDecoding.decoded(visible) : visible
            let text = YAMLText(shown, theme: shell.theme)
            show(text.lines, text.links)
        case .description:
            var description = ObjectDescription(object, resource: target.resource, theme: shell.theme, now: shell.now()) { [beside] in
                beside[$0]
            }
            let outline = description.told()
            show(outline.lines, outline.links)
        }
    }

    private func show(_ lines: [StyledText], _ links: [TextLink]) {
        self.links = links
        pane.stops = links.map(\.stop)
        pane.lines = lines
    }

    // MARK: Changes

    private var changes: Int { follower.history.changes }

    private func showChange(_ number: Int) {
        guard changes > 0 else { return shell.report(.info, "Nothing has changed since it was opened") }
        change = (max(1, min(number, changes)), TextPane())
        refreshChange()
    }

    private func refreshChange() {
        guard let wanted = change?.number else { return }
        let (history, number) = (follower.history, min(wanted, changes))
        let versions = history.versions[(number - 1)...number].map(\.resourceVersion)
        guard difference?.versions == versions else { return compare(versions, of: history, number) }
        guard let lines = difference?.lines else { return }
        change?.pane.lines = HistoryText(theme: shell.theme, now: shell.now()).lines(history, change: number, lines)
    }

    private func compare(_ versions: [String], of history: ObjectHistory, _ number: Int) {
        difference = (versions, nil)
        change?.pane.lines = [StyledText("Comparing …", shell.theme[.muted])]
        shell.work.run { [weak self] in
            let lines = await history.difference(number)
            guard let self, difference?.versions == versions else { return }
            difference?.lines = lines
            refreshChange()
            shell.setNeedsDisplay()
        }
    }

    // MARK: Actions

    func disabledReason(for action: ActionID) -> String? {
        action == (content == .yaml ? "object.yaml" : "object.describe") ? "That is what is shown" : nil
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "document.full": isFull.toggle()
        case "document.changes": if change == nil { showChange(changes) } else { change = nil }
        case "document.olderChange": showChange((change?.number ?? changes + 1) - 1)
        case "document.newerChange": showChange((change?.number ?? changes) + 1)
        case "document.managedFields":
            showsManagedFields.toggle()
            refresh()
        case "document.decode":
            decodesSecret.toggle()
            refresh()
        case "document.follow": followLink()
        // What is shown decoded is edited decoded.
        case "object.edit" where decodesSecret: EditAction.start(target, decoded: true, in: shell)
        default: return performInText(action)
        }
        return true
    }

    private func performInText(_ action: ActionID) -> Bool {
        if action == "document.wrap" {
            if change == nil { pane.wraps.toggle() } else { change?.pane.wraps.toggle() }
            return true
        }
        return change == nil ? pane.perform(action) : change?.pane.perform(action) ?? false
    }

    private func followLink() {
        guard change == nil, let stop = pane.selectedStop, let link = links.first(where: { $0.stop == stop }) else {
            if content == .yaml, performInText("text.fold") { return }
            return shell.report(.info, links.isEmpty ? "There are no links here" : "Tab chooses a link")
        }
        shell.describe(link.reference)
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        let isFound = change == nil ? pane.find(text) : change?.pane.find(text) ?? true
        return isFound ? nil : "not a regular expression"
    }

    func goBack() -> Bool {
        if change != nil {
            if change?.pane.search != nil { change?.pane.find(nil) } else { change = nil }
            return true
        }
        guard pane.search != nil else { return false }
        pane.find(nil)
        return true
    }

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        // Ages go on also while nothing changes; YAML tells none.
        if content == .description || change != nil, let toldAt, shell.now() - toldAt >= .seconds(5) { tell() }
        let inside = isFull ? area : box.draw(in: area, on: &frame).inset(horizontally: 1, vertically: 0)
        if follower.object == nil {
            for (index, line) in substitute.flatMap({ $0.wrapped(inside.width, atWords: true) }).prefix(inside.height).enumerated() {
                frame.write(line, at: Point(x: inside.minX, y: inside.minY + index), in: inside)
            }
        } else if change != nil {
            change?.pane.draw(in: inside, on: &frame, theme: theme)
        } else {
            pane.draw(in: inside, on: &frame, theme: theme)
        }
    }

    /// Instead of the object: why it is not there, and what is known of it all the same.
    private var substitute: [StyledText] {
        let theme = shell.theme
        guard let problem = follower.problem else { return [StyledText("Loading \(target.text) …", theme[.muted])] }
        let reason = StyledText(problem, theme[.flashError])
        guard case .stale = follower.state, let lastSeen else { return [reason] }
        let age = HumanDuration.text(since: lastSeen.since, now: shell.now())
        let width = lastSeen.fields.map { TextWidth.of($0.title) }.max() ?? 0
        let fields = lastSeen.fields.map { field in
            StyledText(SafeText.line(field.title).padded(to: width + 2), theme[.yamlKey])
                + StyledText(field.text, theme[.yamlValue])
        }
        return [reason, StyledText(), StyledText("What the table told of it \(age) ago:", theme[.stale])] + fields
    }

    private var box: BorderBox {
        let theme = shell.theme
        let name = (target.namespace.map { $0 + "/" } ?? "") + target.name
        let kind = StyledText(content == .yaml ? target.resource.kind : "Describe \(target.resource.kind)", theme[.title])
        var title = kind + StyledText(" \(name)", theme[.titleHighlight])
        let shown = change?.pane ?? pane
        if shown.search != nil { title.append(" \(shown.searchText)", theme[.titleFilter]) }
        return BorderBox(title: title, note: note, style: theme[.focusedBorder])
    }

    /// What was never seen in full is as old as what the table told of it.
    private var state: TableState {
        guard follower.object == nil, let lastSeen, case .stale(_, let reason) = follower.state else { return follower.state }
        return .stale(since: lastSeen.since, reason: reason)
    }

    private var note: StyledText {
        let theme = shell.theme
        if follower.isDeleted { return StyledText("deleted", theme[.statusKilled]) }
        let trust = shell.trust.text(of: state)
        if trust.width > 0 { return trust }
        return changes == 0 ? StyledText() : StyledText("\(changes) \(changes == 1 ? "change" : "changes")", theme[.titleCounter])
    }
}
