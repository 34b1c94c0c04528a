import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables
import TextUI

/// The cluster's health at a glance: a tile for each kind with how many are well, and how that went.
final class PulseScreen: Screen {
    /// One kind and its latest counts.
    struct Tile {
        let resource: APIResource
        var total: Int?
        var faults = 0
        /// The share of those that are not well, the newest last.
        var history: [Double] = []
    }

    private static let names = [
        "nodes", "namespaces", "pods", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
        "services",
        "ingresses.networking.k8s.io", "persistentvolumeclaims", "persistentvolumes", "horizontalpodautoscalers.autoscaling",
        "networkpolicies.networking.k8s.io", "events",
    ]
    private static let tileSize = Size(width: 26, height: 5)

    private unowned let shell: Shell
    private let cluster: ClusterSession
    private(set) var tiles: [Tile] = []
    private var selected = 0
    private var columns = 1
    private var watching: Task<Void, Never>?

    init(shell: Shell) {
        self.shell = shell
        cluster = shell.session
        tiles = Self.names.compactMap { [cluster] in cluster.catalog.resource(named: $0) }.map { Tile(resource: $0) }
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

    func start() {
        watching = Task { [weak self] in
            repeat { await self?.look() } while (try? await Task.sleep(for: ListScreen.interval)) != nil && self != nil
        }
    }

    func stop() {
        watching?.cancel()
        watching = nil
    }

    private func look() async {
        let client = cluster.client
        let namespace = cluster.namespaces.single
        for index in tiles.indices {
            let resource = tiles[index].resource
            let objects = try? await client.list(resource.gvr, namespace: resource.isNamespaced ? namespace : nil).items
            let isServices = resource.groupResource == GroupResource(resource: "services")
            let endpoints = await isServices ? Self.endpoints(client, namespace) : nil
            guard !Task.isCancelled else { return }
            take(objects, index, endpoints: endpoints)
            shell.setNeedsDisplay()
        }
    }

    /// Of Services only their slices tell whether anything answers; nil where those may not be read.
    private static func endpoints(_ client: ClusterClient, _ namespace: String?) async -> [ObjectKey: EndpointCount]? {
        let slices = GroupVersionResource(group: "discovery.k8s.io", version: "v1", resource: "endpointslices")
        guard let objects = try? await client.list(slices, namespace: namespace).items else { return nil }
        let tally = EndpointTally()
        await tally.apply([.restarting] + objects.map(ReflectorEvent.initial) + [.ready(resourceVersion: "")])
        return await tally.counts
    }

    /// - Parameter endpoints: of Services, by their names.
    func take(_ objects: [KubernetesObject]?, _ index: Int, endpoints: [ObjectKey: EndpointCount]? = nil) {
        tiles[index].total = objects?.count
        tiles[index].faults = objects?.count { Health.of($0).isFault || Self.answersNobody($0, endpoints) } ?? 0
        guard let objects, !objects.isEmpty else { return }
        tiles[index].history = (tiles[index].history + [Double(tiles[index].faults) / Double(objects.count)]).suffix(60)
    }

    private static func answersNobody(_ service: KubernetesObject, _ endpoints: [ObjectKey: EndpointCount]?) -> Bool {
        guard let endpoints, service.spec["selector"]?.objectValue?.isEmpty == false else { return false }
        return endpoints[service.key]?.ready ?? 0 == 0
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "pulse.open":
            guard tiles.indices.contains(selected) else { return true }
            shell.run(command: tiles[selected].resource.groupResource.description)
        case "pulse.left": move(-1)
        case "pulse.right": move(1)
        case "pulse.up": move(-columns)
        case "pulse.down": move(columns)
        default: return false
        }
        return true
    }

    private func move(_ step: Int) {
        if tiles.indices.contains(selected + step) { selected += step }
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let heading = StyledText("Pulse", theme[.title]) + StyledText("(\(cluster.namespaces.text))", theme[.titleHighlight])
        let inside = BorderBox(title: heading, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        columns = max(1, inside.width / Self.tileSize.width)
        let width = inside.width / columns
        let rows = max(1, inside.height / Self.tileSize.height)
        let first = max(0, selected / columns - rows + 1) * columns
        for (place, index) in tiles.indices.dropFirst(first).prefix(rows * columns).enumerated() {
            let box = Rect(
                x: inside.minX + place % columns * width, y: inside.minY + place / columns * Self.tileSize.height, width: width,
                height: Self.tileSize.height
            )
            draw(tiles[index], isSelected: index == selected, in: box, on: &frame)
        }
    }

    private func draw(_ tile: Tile, isSelected: Bool, in box: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let title = StyledText(TableTitle.name(of: tile.resource), theme[isSelected ? .titleHighlight : .title])
        let inside = BorderBox(title: title, style: theme[isSelected ? .focusedBorder : .border]).draw(in: box, on: &frame)
            .inset(horizontally: 1, vertically: 0)
        guard let total = tile.total else {
            frame.write("n/a", at: inside.origin, style: theme[.muted], in: inside)
            return
        }
        let role: StyleRole = tile.faults == 0 ? .live : .statusError
        let text =
            StyledText("\(total - tile.faults)", theme[.live]) + StyledText(" ok  ", theme[.muted])
            + StyledText(tile.faults == 0 ? "" : "✗ \(tile.faults)", theme[.statusError])
        frame.write(text, at: inside.origin, in: inside)
        let share = total == 0 ? 0 : Double(total - tile.faults) / Double(total)
        frame.write(Gauge.text(share, width: inside.width), at: inside.row(1).origin, style: theme[role], in: inside)
        frame.write(
            Sparkline.text(tile.history, top: 1, width: inside.width), at: inside.row(2).origin, style: theme[.gaugeWarning], in: inside
        )
    }
}
