import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// Looks for a text in the names, labels and annotations of all objects, kind by kind.
final class FindScreen: Screen {
    /// Nobody reads more: the search ends there.
    static let limit = 1000

    private struct Hit {
        let resource: APIResource
        let object: FoundObject
    }

    private let search: TextSearch
    private unowned let shell: Shell
    private let cluster: ClusterSession
    private let resources: [APIResource]
    private var hits: [Hit] = []
    private var kindsDone = 0
    private var objectsSeen = 0
    /// Of the kind that is looked at now; begun anew when one comes back to it.
    private var objectsHere = 0
    /// Kinds that could not be read.
    private var unread: [String] = []
    /// Whether some could be read only in the namespaces that are looked at.
    private var isNarrowed = false
    private var isCancelled = false
    private var list = ListPane()
    private var looking: Task<Void, Never>?

    init(_ search: TextSearch, shell: Shell) {
        self.search = search
        self.shell = shell
        cluster = shell.session
        // Events repeat the names of what they are about, and metrics those of pods and nodes.
        resources = cluster.catalog.resources.filter { resource in
            resource.supports("list") && resource.name != "events" && resource.group != "metrics.k8s.io"
        }
    }

    var title: String { "find" }
    var command: String? { "find \(search.pattern)" }
    var targets: [ObjectTarget] { selected.map { [target($0)] } ?? [] }
    var bindings: [Binding] {
        [
            Binding("find.open", "Enter", title: "describe", section: .resource, footer: true),
            Binding("find.again", "Ctrl-R", title: "look again"),
        ]
            + ListNavigation.bindings
    }

    private var isFull: Bool { hits.count >= Self.limit }
    private var isLooking: Bool { !isCancelled && !isFull && kindsDone < resources.count }
    private var selected: Hit? { hits.indices.contains(list.selected) ? hits[list.selected] : nil }

    private func target(_ hit: Hit) -> ObjectTarget {
        ObjectTarget(resource: hit.resource, namespace: hit.object.key.namespace, name: hit.object.key.name, in: cluster)
    }

    // MARK: Looking

    func start() {
        // What is found stays while one looks at it.
        if isLooking { look() }
    }

    func stop() {
        looking?.cancel()
        looking = nil
    }

    private func look() {
        looking = shell.work.run { [weak self] in
            while let self, isLooking, !Task.isCancelled {
                await look(at: resources[kindsDone])
                guard !Task.isCancelled else { return }
                kindsDone += 1
                shell.setNeedsDisplay()
            }
        }
    }

    /// Page by page, and of each object its metadata only.
    private func look(at resource: APIResource) async {
        let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
        var found: [Hit] = []
        var rest = ""
        objectsHere = 0
        var places: [String?] = [nil]
        var isRead = false
        repeat {
            let query: [(name: String, value: String)] = [("limit", "500")] + (rest.isEmpty ? [] : [("continue", rest)])
            let answer = try? await cluster.client.raw("GET", resource.gvr.path(namespace: places[0]), query: query, accept: accept)
            // Given up: what was asked for says nothing, and the next search has begun.
            guard !Task.isCancelled else { return }
            if answer?.status == 403, places == [nil], resource.isNamespaced {
                (places, isNarrowed) = (namespacesInstead, true)
                continue
            }
            guard let answer, answer.status == 200, let page = await FoundPage.reading(answer.bytes, pattern: search.pattern) else {
                // Another namespace may still be readable.
                places.removeFirst()
                rest = ""
                continue
            }
            isRead = true
            guard !Task.isCancelled else { return }
            objectsHere += page.count
            found += page.found.map { Hit(resource: resource, object: $0) }
            rest = page.rest
            if rest.isEmpty { places.removeFirst() }
            shell.setNeedsDisplay()
        } while !places.isEmpty && hits.count + found.count < Self.limit && !isCancelled && !Task.isCancelled
        if !isRead { unread.append(resource.name) }
        objectsSeen += objectsHere
        objectsHere = 0
        hits += found.prefix(Self.limit - hits.count)
    }

    /// Where those may look who may not look everywhere: what they look at now, else where their context begins.
    private var namespacesInstead: [String] {
        if case .only(let names) = cluster.namespaces { names } else { [cluster.configuration.namespace] }
    }

    // MARK: Actions

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "find.open": if selected != nil { shell.perform("object.describe") }
        case "find.again":
            stop()
            (hits, unread, kindsDone, objectsSeen, isCancelled, isNarrowed) = ([], [], 0, 0, false, false)
            look()
        default: return list.perform(action, count: hits.count)
        }
        return true
    }

    /// The first Esc ends the search and leaves what was found.
    func goBack() -> Bool {
        guard isLooking else { return false }
        isCancelled = true
        stop()
        return true
    }

    // MARK: Drawing

    func select(at point: Point) -> Bool { list.select(at: point) }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let title =
            StyledText("Find", theme[.title]) + StyledText("(\(search.pattern))", theme[.titleHighlight])
            + StyledText("[\(hits.count)]", theme[.titleCounter])
        let inside = BorderBox(title: title, note: StyledText(progress, theme[isLooking ? .stale : .muted]), style: theme[.focusedBorder])
            .draw(in: area, on: &frame)
        let table = ListTable(titles: ["NAME", "NAMESPACE", "KIND", "FOUND IN"], count: hits.count) { [hits] index in
            let hit = hits[index]
            return [hit.object.key.name, hit.object.key.namespace ?? "", hit.resource.kind.lowercased(), hit.object.place]
        }
        let absence = isLooking ? "Looking …" : "Nothing has this in its name, labels or annotations"
        list.draw(table, absence: absence, theme: theme, in: inside, on: &frame)
    }

    private var progress: String {
        let missing =
            (isNarrowed ? ", some in \(namespacesInstead.joined(separator: ", ")) only" : "")
            + (unread.isEmpty ? "" : ", \(unread.count) not readable")
        let kinds = isCancelled || isFull || isLooking ? "\(kindsDone)/\(resources.count) kinds" : "\(resources.count) kinds"
        let state = isLooking ? " · Esc ends" : isFull ? " · more than can be listed: say it more exactly" : isCancelled ? " · ended" : ""
        return "\(kinds), \(objectsSeen + objectsHere) objects\(missing)" + state
    }
}

extension Shell {
    func find(_ line: CommandLine) {
        guard let text = line.text, let search = TextSearch(text) else {
            return refuse("Say what to find: find TEXT, a regular expression")
        }
        push(FindScreen(search, shell: self))
    }
}
