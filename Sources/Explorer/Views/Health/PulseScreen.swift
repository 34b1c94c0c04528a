import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables
import TextUI

/// The cluster's health at a glance: a tile for each kind with how many are well, and how that went.
final class PulseScreen: Screen {
    /// How often the share of those that are not well is written down.
    private static let interval = Duration.seconds(5)
    private static let mostNoted = 60

    private static let names = [
        "nodes", "namespaces", "pods", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
        "services",
        "ingresses.networking.k8s.io", "persistentvolumeclaims", "persistentvolumes", "horizontalpodautoscalers.autoscaling",
        "networkpolicies.networking.k8s.io", "events",
    ]
    private static let tileSize = Size(width: 26, height: 5)

    private unowned let shell: Shell
    private let cluster: ClusterSession
    private let resources: [(resource: APIResource, scope: ReflectorScope)]
    private let composition: Composition<PulseFact, [PulseTally?]>
    /// The shares of those that are not well, of each kind, the newest last.
    private var histories: [[Double]]
    /// When they were written down last.
    private var noted: Instant?
    private var selected = 0
    private var columns = 1

    init(shell: Shell) {
        self.shell = shell
        let cluster = shell.session
        self.cluster = cluster
        let namespace = cluster.namespaces.single
        let resources = Self.names.compactMap { cluster.catalog.resource(named: $0) }.map { resource in
            (resource: resource, scope: ReflectorScope(resource.gvr, namespace: resource.isNamespaced ? namespace : nil))
        }
        self.resources = resources
        histories = Array(repeating: [], count: resources.count)
        let slices = ReflectorScope(
            GroupVersionResource(group: "discovery.k8s.io", version: "v1", resource: "endpointslices"), namespace: namespace)
        let scopes = resources.map { $0.scope }
        let namespaces = cluster.namespaces
        composition = Composition(
            of: cluster, in: shell, scopes: { _ in Set(scopes + [slices]) }, read: { PulseFact($0) },
            make: { await PulseTally.all(of: scopes, endpoints: slices, in: namespaces, $0) })
    }

    var title: String { "pulse" }
    var command: String? { "pulse" }

    var bindings: [Binding] {
        [
            Binding("pulse.open", "Enter", title: "open", section: .resource, footer: true),
            Binding("pulse.left", "h", "Left", "Shift-Tab", title: "left", section: .navigation),
            Binding("pulse.right", "l", "Right", "Tab", title: "right", section: .navigation),
            Binding("pulse.up", "k", "Up", title: "up", section: .navigation),
            Binding("pulse.down", "j", "Down", title: "down", section: .navigation),
        ]
    }

    func start() { composition.start() }
    func stop() { composition.stop() }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "pulse.open":
            guard resources.indices.contains(selected) else { return true }
            shell.run(command: resources[selected].resource.groupResource.description)
        case "pulse.left": move(-1)
        case "pulse.right": move(1)
        case "pulse.up": move(-columns)
        case "pulse.down": move(columns)
        default: return false
        }
        return true
    }

    private func move(_ step: Int) {
        if resources.indices.contains(selected + step) { selected += step }
    }

    /// The cluster is asked for nothing: what is known is written down in the rhythm of time.
    private func note(_ tallies: [PulseTally?]) {
        let now = shell.now()
        if let noted, now < noted + Self.interval { return }
        noted = now
        for (index, tally) in tallies.enumerated() {
            guard let tally, tally.total > 0 else { continue }
            histories[index] = (histories[index] + [Double(tally.faults) / Double(tally.total)]).suffix(Self.mostNoted)
        }
    }

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        if let tallies = composition.content { note(tallies) }
        let inside = BorderBox(title: heading, note: composition.note(shell.trust), style: theme[.focusedBorder]).draw(in: area, on: &frame)
        columns = max(1, inside.width / Self.tileSize.width)
        let width = inside.width / columns
        let rows = max(1, inside.height / Self.tileSize.height)
        let first = max(0, selected / columns - rows + 1) * columns
        let shown = resources.indices.dropFirst(first).prefix(rows * columns)
        for (place, index) in shown.enumerated() {
            let box = Rect(
                x: inside.minX + place % columns * width, y: inside.minY + place / columns * Self.tileSize.height, width: width,
                height: Self.tileSize.height
            )
            draw(index, in: box, on: &frame)
        }
        drawMore(above: first, below: resources.count - first - shown.count, in: inside, on: &frame)
    }

    private var heading: StyledText {
        StyledText("Pulse", shell.theme[.title]) + StyledText("(\(cluster.namespaces.text))", shell.theme[.titleHighlight])
    }

    /// How many tiles there are that the screen has no room for.
    private func drawMore(above: Int, below: Int, in inside: Rect, on frame: inout Frame) {
        let text = [above > 0 ? "▲ \(above) more" : "", below > 0 ? "▼ \(below) more" : ""].filter { !$0.isEmpty }.joined(separator: "  ")
        guard !text.isEmpty else { return }
        let x = inside.maxX - TextWidth.of(text) - 2
        frame.write(" \(text) ", at: Point(x: x, y: inside.maxY), style: shell.theme[.titleCounter])
    }

    private func draw(_ index: Int, in box: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let isSelected = index == selected
        let title = StyledText(TableTitle.name(of: resources[index].resource), theme[isSelected ? .titleHighlight : .title])
        let inside = BorderBox(title: title, style: theme[isSelected ? .focusedBorder : .border]).draw(in: box, on: &frame)
            .inset(horizontally: 1, vertically: 0)
        guard let tally = composition.content?[index] else {
            frame.write(
                composition.content == nil && composition.problem == nil ? "…" : "n/a", at: inside.origin, style: theme[.muted], in: inside)
            return
        }
        let role: StyleRole = tally.faults == 0 ? .live : .statusError
        let text =
            StyledText("\(tally.total - tally.faults)", theme[.live]) + StyledText(" ok  ", theme[.muted])
            + StyledText(tally.faults == 0 ? "" : "✗ \(tally.faults)", theme[.statusError])
        frame.write(text, at: inside.origin, in: inside)
        let share = tally.total == 0 ? 0 : Double(tally.total - tally.faults) / Double(tally.total)
        frame.write(Gauge.text(share, width: inside.width), at: inside.row(1).origin, style: theme[role], in: inside)
        frame.write(
            Sparkline.text(histories[index], top: 1, width: inside.width), at: inside.row(2).origin, style: theme[.gaugeWarning], in: inside
        )
    }
}
