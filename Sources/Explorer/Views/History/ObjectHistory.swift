import KubernetesModel
import Troubleshooting

/// The versions that an object had while it was looked at, the oldest first; the oldest go when they become too many,
/// or too large together. The latest change stays whatever its size.
struct ObjectHistory {
    static let limit = 200
    private let byteLimit: Int

    struct Version {
        /// Without its managed fields.
        let object: KubernetesObject
        let resourceVersion: String
        let time: Instant
        /// Who made it of the version before, as `kubectl-edit (Update)`; nil while nobody has told.
        fileprivate(set) var managers: [String]?
    }

    private(set) var versions: [Version] = []
    /// The managed fields that were told last.
    private var entries: [ObjectChange] = []

    init(byteLimit: Int = 16 << 20) {
        self.byteLimit = byteLimit
    }

    /// Takes a version, as a watch tells it without managed fields, or whole. What is known already only gains its managers.
    mutating func record(_ object: KubernetesObject, at time: Instant) {
        let managers = takeManagers(of: object)
        let revision = object.metadata.resourceVersion
        if let known = versions.lastIndex(where: { $0.resourceVersion == revision }) {
            versions[known].managers = versions[known].managers ?? managers
            return
        }
        // A version that was asked for may overtake what the watch has still to tell.
        let place = versions.lastIndex { !Self.isOlder(revision, than: $0.resourceVersion) }.map { $0 + 1 } ?? 0
        let kept = object.withoutManagedFields.compacted()
        versions.insert(Version(object: kept, resourceVersion: revision, time: time, managers: managers), at: place)
        while versions.count > Self.limit || versions.count > 2 && bytes > byteLimit { versions.removeFirst() }
    }

    private var bytes: Int { versions.reduce(0) { $0 + $1.object.compactJSON.count } }

    /// How many changes can be shown.
    var changes: Int { max(0, versions.count - 1) }

    /// What a change did, from 1 to `changes`.
    func difference(_ change: Int, context: Int = 3) async -> [LineDiff.Line] {
        await LineDiff.lines(from: Self.shown(versions[change - 1].object), to: Self.shown(versions[change].object), context: context)
    }

    /// The managers whose entries changed. Times are whole seconds: two changes of one manager within one look alike, and the
    /// latest entry's is taken then.
    private mutating func takeManagers(of object: KubernetesObject) -> [String]? {
        let new = ObjectChange.all(of: object["metadata"], kind: object.kind)
        guard !new.isEmpty else { return nil }
        defer { entries = new }
        guard !entries.isEmpty else { return nil }
        let changed = new.filter { !entries.contains($0) }
        let latest = new.map(\.time).max()
        return (changed.isEmpty ? new.filter { $0.time == latest } : changed).map { "\($0.manager) (\($0.operation))" }
    }

    private static func isOlder(_ revision: String, than other: String) -> Bool {
        guard let left = Int(revision), let right = Int(other) else { return false }
        return left < right
    }

    /// The version's number changes with every version: it tells nothing.
    private static func shown(_ object: KubernetesObject) -> JSONValue {
        var json = object.json
        if case .object(var metadata)? = json["metadata"] {
            metadata["resourceVersion"] = nil
            json["metadata"] = .object(metadata)
        }
        return .object(json)
    }
}
