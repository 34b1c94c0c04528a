import KubernetesClient
import KubernetesModel
import KubernetesSemantics
import ResourceTables
import TextUI

/// The containers of one pod, live.
final class ContainersScreen: Screen {
    private let key: ObjectKey
    private unowned let shell: Shell
    private let cluster: ClusterSession
    private var pod: KubernetesObject?
    private var isDeleted = false
    private var freshness: Freshness
    private var list = ListPane()
    private var following: Task<Void, Never>?

    init(pod key: ObjectKey, shell: Shell) {
        self.key = key
        self.shell = shell
        cluster = shell.session
        freshness = Freshness(at: cluster.lastContact(at: shell.now()))
    }

    var title: String { "containers" }
    var variables: [String: String] {
        let rows = rows
        guard rows.indices.contains(list.selected) else { return ["POD": key.name, "CONTAINER": "", "NAME": ""] }
        let row = rows[list.selected]
        let cells = Dictionary(zip(ContainerRow.titles.map { "COL-\($0)" }, row.cells)) { first, _ in first }
        return cells.merging(["POD": key.name, "CONTAINER": row.name, "NAME": row.name]) { $1 }
    }
    var targets: [ObjectTarget] { [ObjectTarget(resource: cluster.builtIn("pods"), namespace: key.namespace, name: key.name, in: cluster)] }

    var bindings: [Binding] {
        [
            Binding("containers.logs", "Enter", "l", title: "logs", section: .resource, footer: true),
            Binding("containers.previousLogs", "p", title: "logs of the previous run", section: .resource),
            Binding("containers.shell", "s", title: "shell", section: .resource, footer: true),
            Binding("containers.attach", "a", title: "attach", section: .resource),
            Binding("containers.debug", "b", title: "debug container", section: .resource),
        ] + ListNavigation.bindings
    }

    func start() {
        let stream = cluster.reflect(targets[0].scope())
        following = Task { [weak self] in
            for await batch in stream {
                guard let self else { return }
                batch.forEach(take)
                shell.setNeedsDisplay()
            }
        }
    }

    func stop() {
        following?.cancel()
        following = nil
    }

    private func take(_ event: ReflectorEvent) {
        switch event {
        case .initial(let object), .applied(let object):
            pod = object
            isDeleted = false
        case .deleted: isDeleted = true
        case .ready, .degraded, .recovered, .restarting, .progress: break
        }
        freshness.take(event, count: pod == nil ? 0 : 1, at: shell.now())
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "containers.logs": openLogs(isPrevious: false)
        case "containers.previousLogs": openLogs(isPrevious: true)
        case "containers.shell": openSession(.shell)
        case "containers.attach": openSession(.attach)
        case "containers.debug":
            let rows = rows
            if rows.indices.contains(list.selected) {
                DebugAction.start(targets[0], container: rows[list.selected].name, in: shell)
            }
        default: return list.perform(action, count: rows.count)
        }
        return true
    }

    func disabledReason(for action: ActionID) -> String? {
        // The same rights and guards as on the pod.
        switch action {
        case "containers.shell": ObjectActions.disabledReason(for: "object.shell", on: targets, in: shell)
        case "containers.attach": ObjectActions.disabledReason(for: "object.attach", on: targets, in: shell)
        case "containers.debug": ObjectActions.disabledReason(for: "object.debug", on: targets, in: shell)
        default: nil
        }
    }

    private func openSession(_ kind: ContainerSession.Kind) {
        let rows = rows
        guard rows.indices.contains(list.selected) else { return }
        ContainerSession.open(kind, in: targets[0], container: rows[list.selected].name, shell: shell)
    }

    /// The selected container's alone.
    private func openLogs(isPrevious: Bool) {
        let rows = rows
        guard rows.indices.contains(list.selected) else { return }
        shell.push(LogScreen(of: targets, container: rows[list.selected].name, isPrevious: isPrevious, shell: shell))
    }

    private var rows: [ContainerRow] {
        guard let pod else { return [] }
        let ports = Set(cluster.forwards.all.filter { $0.pod == key }.map(\.specification.port))
        return ContainerRow.all(
            of: pod, usage: cluster.metrics.report?.containers[key], forwarded: ports, gpus: GPUVendors(cluster.settings.gpuVendors),
            now: shell.now()
        )
    }

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let rows = rows
        let title =
            StyledText("Containers", theme[.title]) + StyledText("(\(key.description))", theme[.titleHighlight])
            + StyledText(" \(rows.count)", theme[.titleCounter])
        let trust = shell.trust.text(of: cluster.trusted(freshness.state, at: shell.now()))
        let note = isDeleted ? StyledText("deleted", theme[.statusKilled]) : trust
        let inside = BorderBox(title: title, note: note, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        if pod == nil { return frame.write(paragraph: missing, in: inside.inset(horizontally: 1, vertically: 0)) }
        let columns = ContainerRow.worthShowing(in: rows)
        let table = ListTable(titles: columns.map { ContainerRow.titles[$0] }, count: rows.count) { index in
            columns.map { rows[index].cells[$0] }
        }
        list.draw(table, theme: theme, in: inside, on: &frame)
    }
}

extension ContainersScreen {
    /// Instead of containers where the pod is not known.
    private var missing: StyledText {
        if let problem = freshness.state.problem { return StyledText(problem, shell.theme[.flashError]) }
        let text = freshness.isComplete ? "There is no pod \(key)" : "Loading pod \(key) …"
        return StyledText(text, shell.theme[.muted])
    }
}

/// What the list of containers tells of one.
struct ContainerRow {
    static let titles = [
        "IDX", "NAME", "PF", "IMAGE", "READY", "STATE", "RESTARTS", "CPU", "%CPU/L", "MEM", "%MEM/L", "GPU/RL", "PROBES(L:R:S)", "PORTS",
        "AGE",
    ]

    let name: String
    let cells: [String]

    /// All columns but those that say of every container that there is nothing to say.
    static func worthShowing(in rows: [ContainerRow]) -> [Int] {
        titles.indices.filter { column in
            !["PF", "GPU/RL"].contains(titles[column]) || rows.contains { !["", "n/a"].contains($0.cells[column]) }
        }
    }

    /// Main containers first, then init containers and ephemeral ones.
    /// - Parameters:
    ///   - usage: by container; nil where nothing is measured.
    ///   - forwarded: the pod's ports, by number or name, to which ports of this machine lead.
    static func all(
        of pod: KubernetesObject, usage: [String: CPUAndMemory]?, forwarded: Set<String> = [], gpus: GPUVendors = GPUVendors(), now: Instant
    ) -> [ContainerRow] {
        let fields = FieldReader(pod)
        let kinds = [
            ("M", fields.spec.containers, fields.status.containerStatuses),
            ("I", fields.spec.initContainers, fields.status.initContainerStatuses),
            ("E", fields.spec.ephemeralContainers, fields.status.ephemeralContainerStatuses),
        ]
        return kinds.flatMap { letter, containers, statuses in
            containers.elements.enumerated().map { index, container in
                let status = statuses.elements.first { $0.name.text == container.name.text } ?? FieldReader(nil)
                let isForwarded = container.ports.elements.contains { port in
                    forwarded.contains(String(port.containerPort.number)) || port.name.exists && forwarded.contains(port.name.text)
                }
                return ContainerRow(
                    index: "\(letter)\(index + 1)", container, status, usage?[container.name.text], isForwarded: isForwarded,
                    gpus: gpus.requestsAndLimits(of: [container]).text(now: now), now: now
                )
            }
        }
    }

    private init(
        index: String, _ container: FieldReader, _ status: FieldReader, _ usage: CPUAndMemory?, isForwarded: Bool, gpus: String,
        now: Instant
    ) {
        let probes = [container.livenessProbe, container.readinessProbe, container.startupProbe].map { $0.exists ? "on" : "off" }
        let ports = container.ports.elements.map { port in
            (port.name.exists ? "\(port.name.text):" : "") + "\(port.containerPort.number)" + (port.protocol.text == "UDP" ? "╱UDP" : "")
        }
        let started = status.state.running.startedAt.text(or: status.state.terminated.startedAt.text)
        name = container.name.text
        let front = [
            index, name, isForwarded ? "Ⓕ" : "", container.image.text, status.ready.flag ? "true" : "false", Self.state(status.state),
            String(status.restartCount.number),
        ]
        let back = [
            gpus, probes.joined(separator: ":"), ports.joined(separator: ","),
            started.isEmpty ? "" : CellText.age(since: started, now: now),
        ]
        cells = (front + Self.load(usage, CPUAndMemory(limitsOf: container)) + back).map { SafeText.line($0) }
    }

    /// CPU and memory as numbers and as shares of the limits.
    private static func load(_ usage: CPUAndMemory?, _ limits: CPUAndMemory) -> [String] {
        func share(_ part: Int?, _ whole: Int?) -> String {
            CPUAndMemory.share(part, of: whole).map { String(Int($0)) } ?? "n/a"
        }
        return [
            usage?.cpu.map(String.init) ?? "n/a", share(usage?.cpu, limits.cpu),
            usage?.memory.map { String($0 >> 20) } ?? "n/a", share(usage?.memory, limits.memory),
        ]
    }

    private static func state(_ state: FieldReader) -> String {
        if state.running.exists { return "Running" }
        if state.waiting.exists { return state.waiting.reason.text(or: "Waiting") }
        guard state.terminated.exists else { return "Unknown" }
        return "\(state.terminated.reason.text(or: "Terminated")) (\(state.terminated.exitCode.number))"
    }
}
