import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

@testable import Explorer
@testable import Troubleshooting

/// A shell over a cluster that nobody asks anything, at noon.
enum TestShell {
    nonisolated static let noon = Instant(seconds: 1_785_585_600)

    static func make(
        guardLevel: GuardLevel? = .confirm, contexts: [ExplorerOptions.Context] = [],
        fileOfContext: @escaping @Sendable (String) -> String? = { _ in nil }, screen: (any Screen)? = nil,
        now: @escaping @Sendable () -> Instant = { noon }
    ) throws -> Shell {
        var configuration = ClusterConfiguration(server: ServerAddress(host: "127.0.0.1", port: 1))
        configuration.names.context = "demo"
        var options = ExplorerOptions(configuration: configuration, contexts: contexts) { name in
            throw ExplorerError("there is no context \(name)")
        }
        options.fileOfContext = fileOfContext
        let session = ClusterSession(configuration, guardLevel: guardLevel, namespaces: .only(["shop"]))
        session.serverVersion = "v1.36.2"
        session.nodes = (5, 6)
        session.connection = .lost(since: noon - .seconds(90), reason: "the server refused the connection")
        let shell = Shell(session: session, options: options, theme: Theme(name: "plain", styles: [:]), now: now)
        if let screen { shell.push(screen) }
        return shell
    }
}

extension TestShell {
    /// A diagnosis with one cause.
    static func diagnosis(title: String, cause: String, victims: Int) -> Diagnosis {
        let pods = (0..<victims).map { ObjectReference(apiVersion: "v1", kind: "Pod", namespace: "shop", name: "db-\($0)") }
        let object = ObjectReference(apiVersion: "v1", kind: "PersistentVolume", namespace: nil, name: "data")
        let finding = Finding(
            rule: "S-01", title: title, category: "storage", layer: .storage, severity: .critical, confidence: .proven, state: .active,
            rootCause: cause, object: object, field: "spec", evidence: [],
            victims: pods.map { .init(object: $0, because: [], through: object) }, ruledOut: [],
            remedy: Remedy(summary: "", risk: .careful, change: nil, commands: []),
            verification: Verification(invariant: "", probe: nil, withinSeconds: 60), masks: []
        )
        return Diagnosis(cluster: "demo", scope: .cluster, startedAt: noon, findings: [finding], healthy: [], unverified: [])
    }
}

extension Shell {
    func press(_ keys: KeyPress...) {
        for key in keys { compositor.handle(.key(key)) }
    }

    func type(_ text: String) {
        for scalar in text.unicodeScalars { compositor.handle(.key(.character(scalar))) }
    }

    /// The screen as text.
    func picture(width: Int = 80, height: Int = 12) -> String {
        frame(size: Size(width: width, height: height)).picture
    }
}

/// A screen that shows one word and has targets.
final class WordScreen: Screen {
    let title: String
    var targets: [ObjectTarget]
    var isStarted = false
    var performed: [ActionID] = []
    var filter: String? = ""
    var mouse: [Point] = []

    init(_ title: String = "words", targets: [ObjectTarget] = []) {
        self.title = title
        self.targets = targets
    }

    var bindings: [Binding] { [Binding("word.say", "w", title: "say", section: .resource, footer: true)] }
    func start() { isStarted = true }
    func stop() { isStarted = false }

    func perform(_ action: ActionID) -> Bool {
        guard action == "word.say" else { return false }
        performed.append(action)
        return true
    }

    func handle(_ event: InputEvent) -> Bool {
        guard case .mouse(let event) = event else { return false }
        mouse.append(event.position)
        return true
    }

    func setFilter(_ text: String, isFinal: Bool) -> String? {
        filter = text
        return text == "(" ? "not a regular expression" : nil
    }

    func draw(in area: Rect, on frame: inout Frame) {
        frame.write(title, at: area.origin)
    }
}
