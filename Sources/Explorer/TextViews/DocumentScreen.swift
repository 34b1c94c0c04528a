import KubernetesClient
import KubernetesModel
import TextUI

/// One object as text, kept up to date: its YAML or its description.
final class DocumentScreen: PaneScreen {
    enum Content {
        case yaml, description
    }

    private let target: ObjectTarget
    private let content: Content
    private unowned let shell: Shell
    var pane = TextPane()
    private var isFull = false
    private var showsManagedFields = false
    private var decodesSecret = false
    private var object: KubernetesObject?
    private var events: [KubernetesObject] = []
    /// Why the events can't be told.
    private var eventsProblem: String?
    /// What keeps the object from being shown, or shown fresh.
    private var problem: String?
    private var isDeleted = false
    private var watching: Task<Void, Never>?

    init(_ target: ObjectTarget, content: Content, shell: Shell) {
        self.target = target
        self.content = content
        self.shell = shell
    }

    var title: String { content == .yaml ? "yaml" : "describe" }
    var targets: [ObjectTarget] { [target] }
    var document: ScreenDocument? {
        ScreenDocument(text: pane.text, name: "\(target.resource.singularName)-\(target.name)", ending: content == .yaml ? "yaml" : "txt")
    }

    var bindings: [Binding] {
        var own = [
            Binding("document.full", "f", title: "full screen"),
            Binding("document.wrap", "w", title: "wrap", footer: true),
        ]
        if content == .yaml { own.append(Binding("document.managedFields", "m", title: "managed fields", footer: true)) }
        if content == .yaml, target.resource.groupResource == GroupResource(resource: "secrets") {
            own.append(Binding("document.decode", "x", title: "decode", footer: true))
        }
        own += content == .yaml ? [Binding("document.other", "d", title: "describe")] : [Binding("document.other", "y", title: "yaml")]
        return own + TextPane.bindings
    }

    // MARK: Watching

    func start() {
        let scope = ReflectorScope(target.resource.gvr, namespace: target.namespace, fieldSelector: "metadata.name=\(target.name)")
        let stream = shell.session.client.reflect(scope)
        shell.work.run { [weak self] in await self?.loadOnce() }
        watching = Task { [weak self] in
            for await batch in stream {
                guard let self else { return }
                await self.take(batch)
            }
        }
    }

    func stop() {
        watching?.cancel()
        watching = nil
    }

    /// The whole object, `managedFields` included, which watching leaves out.
    private func loadOnce() async {
        do {
            object = try await shell.session.client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
            problem = nil
            isDeleted = false
            await loadEvents()
        } catch {
            problem = "\(error)"
            isDeleted = (error as ClientError).isNotFound
        }
        refresh()
    }

    private func take(_ batch: [ReflectorEvent]) async {
        for event in batch {
            switch event {
            case .applied(let changed) where changed.metadata.resourceVersion != object?.metadata.resourceVersion:
                await loadOnce()
            case .deleted:
                isDeleted = true
                refresh()
            case .degraded(let error, _) where problem == nil:
                problem = "\(error)"
                refresh()
            case .recovered:
                await loadOnce()
            default: break
            }
        }
    }

    private func loadEvents() async {
        guard content == .description, let object else { return }
        let selector = "involvedObject.uid=\(object.uid)"
        do {
            events = try await shell.session.client.list(
                GroupVersionResource(resource: "events"), namespace: target.namespace ?? "default", fieldSelector: selector
            ).items
            eventsProblem = nil
        } catch {
            (events, eventsProblem) = ([], "\(error)")
        }
    }

    private func refresh() {
        defer { shell.setNeedsDisplay() }
        guard var object else { return }
        if !showsManagedFields { object = object.withoutManagedFields }
        switch content {
        case .yaml:
            let shown = decodesSecret ? SecretDecoding.decoded(object) : object
            pane.lines = YAMLHighlighter(theme: shell.theme).lines(YAML.write(shown.value))
        case .description:
            let description = ObjectDescription(
                object, resource: target.resource, events: events, eventsProblem: eventsProblem, now: shell.now()
            )
            pane.lines = description.lines(theme: shell.theme)
        }
    }

    // MARK: Actions

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "document.full": isFull.toggle()
        case "document.wrap": pane.wraps.toggle()
        case "document.managedFields":
            showsManagedFields.toggle()
            refresh()
        case "document.decode":
            decodesSecret.toggle()
            refresh()
        case "document.other":
            shell.push(DocumentScreen(target, content: content == .yaml ? .description : .yaml, shell: shell))
        default: return pane.perform(action)
        }
        return true
    }

    // MARK: Drawing

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let inside = isFull ? area : box.draw(in: area, on: &frame).inset(horizontally: 1, vertically: 0)
        if object == nil {
            let text = problem ?? "Loading \(target.text) …"
            for (index, line) in StyledText(text, theme[problem == nil ? .muted : .flashError]).wrapped(inside.width).enumerated() {
                frame.write(line, at: Point(x: inside.minX, y: inside.minY + index), in: inside)
            }
        } else {
            pane.draw(in: inside, on: &frame, theme: theme)
        }
    }

    private var box: BorderBox {
        let theme = shell.theme
        let name = (target.namespace.map { $0 + "/" } ?? "") + target.name
        let kind = StyledText(content == .yaml ? target.resource.kind : "Describe \(target.resource.kind)", theme[.title])
        var title = kind + StyledText(" \(name)", theme[.titleHighlight])
        if pane.search != nil { title.append(" \(pane.searchText)", theme[.titleFilter]) }
        var note = StyledText()
        if isDeleted { note = StyledText("deleted", theme[.statusKilled]) } else if object != nil, problem != nil { note = StyledText("not live", theme[.stale]) }
        return BorderBox(title: title, note: note, style: theme[.focusedBorder])
    }
}
