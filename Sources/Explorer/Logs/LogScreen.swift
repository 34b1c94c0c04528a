import KubernetesModel
import TextUI

/// The logs of one or several objects, full screen.
final class LogScreen: Screen {
    private let objects: [ObjectTarget]
    private var containers: LogContainers
    private let isPrevious: Bool
    private unowned let shell: Shell
    private let cluster: ClusterSession
    private var feed: LogFeed
    private var pane = LogPane()
    private var range = LogRange.tail
    private var isFull = false

    /// - Parameter container: the only one to read; nil for all.
    init(of objects: [ObjectTarget], container: String? = nil, isPrevious: Bool = false, shell: Shell) {
        self.objects = objects
        containers = container.map { .named($0) } ?? .all
        self.isPrevious = isPrevious
        self.shell = shell
        cluster = objects.first.map(shell.session(of:)) ?? shell.session
        feed = Self.feed(objects, containers, isPrevious, .tail, cluster, shell)
    }

    private static func feed(
        _ objects: [ObjectTarget], _ containers: LogContainers, _ isPrevious: Bool, _ range: LogRange, _ cluster: ClusterSession,
        _ shell: Shell
    ) -> LogFeed {
        LogFeed(
            of: objects, containers: containers, isPrevious: isPrevious, range: range, client: cluster.client, now: shell.now
        ) { [weak shell] in shell?.setNeedsDisplay() }
    }

    var title: String { "logs" }
    var filter: String? { pane.filter?.text ?? "" }
    var document: ScreenDocument? {
        ScreenDocument(text: pane.text(feed), name: "logs-\(objects.first?.name ?? "")", ending: "log")
    }
    func start() { feed.start() }
    func stop() { feed.stop() }

    private static let ranges: [(key: KeyPress, range: LogRange)] = [
        ("0", .tail), ("1", .head), ("2", .minutes(1)), ("3", .minutes(5)), ("4", .minutes(15)), ("5", .minutes(30)), ("6", .minutes(60)),
    ]

    var bindings: [Binding] {
        let ranges = Self.ranges.map { Binding(ActionID("logs.range.\($0.range.text)"), $0.key, title: "read \($0.range.text)") }
        return [
            Binding("logs.follow", "s", title: "follow", footer: true),
            Binding("logs.wrap", "w", title: "wrap", footer: true),
            Binding("logs.timestamps", "t", title: "timestamps", footer: true),
            Binding("logs.raw", "r", title: "raw", footer: true),
            Binding("logs.fields", "Shift-F", title: "fields"),
            Binding("logs.full", "f", title: "full screen", footer: true),
            Binding("logs.containers", "a", title: "all containers, or the main one"),
            Binding("logs.hideOthers", "o", title: "matches only, or all lines"),
            Binding("logs.columnLock", "Shift-L", title: "keep the column"),
            Binding("logs.mark", "m", title: "mark", footer: true),
            Binding("logs.bookmark", "b", title: "bookmark this line"),
            Binding("logs.nextMark", ">", title: "next mark or bookmark", section: .navigation),
            Binding("logs.previousMark", "<", title: "previous mark or bookmark", section: .navigation),
            Binding("logs.clear", "Shift-C", title: "clear"),
        ] + ranges + TextPane.bindings
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "logs.follow": pane.toggleFollowing()
        case "logs.wrap": pane.wraps.toggle()
        case "logs.timestamps": pane.showsTimestamps.toggle()
        case "logs.raw": pane.isRaw.toggle()
        case "logs.fields": chooseFields()
        case "logs.full": isFull.toggle()
        case "logs.containers": chooseContainers()
        case "logs.hideOthers": pane.toggleHiding()
        case "logs.columnLock": pane.locksColumn.toggle()
        case "logs.mark": feed.mark()
        case "logs.bookmark": if let index = pane.bookmarkIndex(in: feed.buffer) { feed.intake.toggleBookmark(at: index) }
        case "logs.nextMark": jump(to: .mark, 1)
        case "logs.previousMark": jump(to: .mark, -1)
        case "text.nextMatch": jump(to: .match, 1)
        case "text.previousMatch": jump(to: .match, -1)
        case "logs.clear": feed.clear()
        default: return move(action) || read(action)
        }
        return true
    }

    private func jump(to landmark: LogPane.Landmark, _ direction: Int) {
        if landmark == .match, pane.filter == nil { return shell.report(.info, "Search for something first, with /") }
        guard !pane.jump(to: landmark, direction, in: feed.buffer) else { return }
        if landmark == .match, pane.isSearching(feed.buffer) { return shell.report(.info, "The lines before are still being searched") }
        shell.report(.info, "There is no \(landmark == .match ? "match" : "mark") \(direction > 0 ? "after" : "before") this")
    }

    private func chooseContainers() {
        if case .named = containers { return shell.report(.info, "Only this container was opened; l on the pod reads all") }
        containers = containers == .all ? .main : .all
        readAnew()
    }

    /// Which parts of structured lines are shown beside time, level and message.
    private func chooseFields() {
        let known = pane.knownFields(feed)
        guard !known.isEmpty else { return shell.report(.info, "These lines have no fields") }
        let shown = pane.fields
        let choices =
            [Choice(title: "all", note: shown == nil ? "✓" : ""), Choice(title: "none", note: shown == [] ? "✓" : "")]
            + known.map { Choice(title: $0, note: shown?.contains($0) == true ? "✓" : "") }
        shell.compositor.push(
            ChoiceLayer(title: "Fields", choices: choices, shell: shell) { [weak self] index in
                self?.toggleField(index < 2 ? nil : known[index - 2], all: index == 0)
            })
    }

    private func toggleField(_ name: String?, all: Bool) {
        guard let name else { return pane.fields = all ? nil : [] }
        var fields = pane.fields ?? []
        if let index = fields.firstIndex(of: name) { fields.remove(at: index) } else { fields.append(name) }
        pane.fields = fields
    }

    private func move(_ action: ActionID) -> Bool {
        let moves: [ActionID: LogPane.Move] = [
            "text.down": .lines(1), "text.up": .lines(-1), "text.pageDown": .pages(1), "text.pageUp": .pages(-1),
            "text.first": .first, "text.last": .last, "text.left": .columns(-8), "text.right": .columns(8),
        ]
        guard let move = moves[action] else { return false }
        pane.move(move)
        return true
    }

    /// Reads anew with another range.
    private func read(_ action: ActionID) -> Bool {
        guard let chosen = Self.ranges.first(where: { action.name == "logs.range.\($0.range.text)" }) else { return false }
        range = chosen.range
        readAnew()
        return true
    }

    private func readAnew() {
        feed.stop()
        feed = Self.feed(objects, containers, isPrevious, range, cluster, shell)
        pane.beginAnew()
        feed.start()
        if !range.follows { pane.move(.first) }
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        pane.setFilter(text) ? nil : "not a regular expression"
    }

    func goBack() -> Bool {
        guard pane.filter != nil else { return false }
        return pane.setFilter("")
    }

    func draw(in area: Rect, on frame: inout Frame) {
        if isFull {
            pane.draw(feed, in: area, on: &frame, theme: shell.theme)
            return
        }
        let inside = box.draw(in: area, on: &frame)
        let (indicator, lines) = inside.cuttingTop(1)
        frame.write(indicators, at: Point(x: indicator.minX + 1, y: indicator.minY), in: indicator)
        pane.draw(feed, in: lines.inset(horizontally: 1, vertically: 0), on: &frame, theme: shell.theme)
    }

    private var box: BorderBox {
        let theme = shell.theme
        let what = objects.count == 1 ? objects[0].text : "\(objects.count) \(objects.first?.resource.name ?? "")"
        let name = what + (containers == .all ? "" : " · \(containers.text)")
        var title = StyledText(isPrevious ? "Previous logs" : "Logs", theme[.title]) + StyledText(" \(name)", theme[.titleHighlight])
        if let filter = pane.filter { title.append(" /\(filter.text)", theme[.titleFilter]) }
        return BorderBox(title: title, note: note, style: theme[.focusedBorder])
    }

    /// How many lines are held, and whether the log waits or has lost its beginning.
    private var note: StyledText {
        let theme = shell.theme
        let lines = StyledText("\(feed.buffer.entries.count) lines", theme[.titleCounter])
        if feed.intake.isWaiting { return StyledText("the buffer is full, the log waits; Shift-G goes on  ", theme[.stale]) + lines }
        guard feed.buffer.dropped > 0 else { return lines }
        return StyledText("\(feed.buffer.dropped) older left out  ", theme[.muted]) + lines
    }

    private var indicators: StyledText {
        let theme = shell.theme
        var text = StyledText()
        for (name, isOn) in [
            ("Follow", pane.follows), ("Wrap", pane.wraps), ("Timestamps", pane.showsTimestamps), ("Raw", pane.isRaw),
            ("Column lock", pane.locksColumn),
        ] {
            text.append("\(name):", theme[.logIndicator])
            text.append(isOn ? "On " : "Off", theme[isOn ? .logIndicatorOn : .logIndicatorOff])
            text.append("  ", theme[.logIndicator])
        }
        return text + StyledText("Range:", theme[.logIndicator]) + StyledText(range.text, theme[.logIndicatorOn])
    }
}
