import KubernetesModel

@testable import SimulatedCluster

/// A cluster on a clock that the test moves.
final class SteppedCluster {
    static let start = Instant(seconds: 1_900_000_000)

    let parts: ClusterParts

    init(_ scenario: ScenarioDefinition, seed: UInt64 = 1) {
        parts = ClusterParts(seed: seed, clock: Self.start)
        Furniture.load(into: parts)
        scenario.load(into: parts, seed: seed)
    }

    convenience init(_ name: String = "empty", seed: UInt64 = 1) throws {
        self.init(try ScenarioDefinition.builtIn(name), seed: seed)
    }

    func run(_ duration: Duration) {
        parts.timeline.advance(to: parts.timeline.now + duration)
    }

    @discardableResult
    func apply(_ manifests: String) throws -> [KubernetesObject] {
        let documents: [JSONValue] = try KubernetesModel.YAML.parse(manifests)
        return try documents.compactMap { KubernetesObject($0) as KubernetesObject? }.map { object in
            try parts.pipeline.perform(.create(object), by: .system("test"), at: parts.timeline.now)
        }
    }

    func perform(_ write: Write) throws {
        try parts.pipeline.perform(write, by: .system("test"), at: parts.timeline.now)
    }

    func get(_ resource: GroupResource, _ name: String, namespace: String? = "default") -> KubernetesObject? {
        parts.view.get(resource, ObjectKey(namespace: namespace, name: name))
    }

    func list(_ resource: GroupResource, namespace: String? = nil) -> [KubernetesObject] {
        parts.view.list(resource, namespace: namespace)
    }

    func pods(namespace: String = "default") -> [KubernetesObject] {
        list(Resource.pods, namespace: namespace)
    }

    /// The messages of events with a reason, each once, sorted.
    func messages(_ reason: String, namespace: String? = nil) -> [String] {
        let events = list(Resource.events, namespace: namespace).filter { $0["reason"]?.stringValue == reason }
        return Set(events.compactMap { $0["message"]?.stringValue }).sorted()
    }

    func log(_ pod: KubernetesObject, container: String? = nil, previous: Bool = false, tailLines: Int? = nil) throws -> String {
        let name = container ?? pod.spec["containers"]?[0]?["name"]?.stringValue ?? ""
        var options = LogOptions()
        options.previous = previous
        options.tailLines = tailLines
        guard case .bytes(let bytes)? = try parts.nodes?.logs(of: pod, container: name, options: options) else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Everything that is stored, as text.
    var snapshot: String {
        let store = parts.store
        return store.resources.flatMap { store.list($0) }.map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
    }
}
