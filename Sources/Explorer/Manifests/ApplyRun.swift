import KubernetesClient
import KubernetesModel
import Troubleshooting

/// Brings what files describe into a cluster: asks the server first what would change, then changes it, object by object.
final class ApplyRun {
    /// Another manager's field that would be taken over.
    struct Conflict: Equatable {
        let field: String
        let manager: String
    }

    enum State: Equatable {
        case waiting
        case creates
        case changes([LineDiff.Line])
        case unchanged
        case conflicts([Conflict])
        /// It needs what the same files bring first, so the server can't be asked.
        case needsOthers
        case refused(String)
        case applying
        case created
        case changed
    }

    struct Entry: Equatable {
        let document: ManifestDocument
        /// Nil for a kind that the server does not know.
        let target: ObjectTarget?
        var state = State.waiting
        /// As it is now; nil when there is none.
        var before: KubernetesObject?

        /// What was applied by kubectl is applied in its way; all else the server applies.
        var isKubectls: Bool { KubectlApply.hasApplied(before) }
    }

    private static let manager = "fathom"

    let manifests: Manifests
    private(set) var entries: [Entry]
    /// Whether fields of other managers are taken over.
    private(set) var isForced = false
    private(set) var isPlanning = false
    /// Whether no further object is to be applied.
    private(set) var isStopped = false
    /// How many of the writes that were agreed to are still to be sent, or being sent.
    private var writesLeft = 0
    private let client: ClusterClient
    private let rights: AccessRights
    private let pause: @Sendable () async throws -> Void
    var onChange: () -> Void = {}

    /// - Parameter namespace: of what names none.
    init(
        _ manifests: Manifests, catalog: ResourceCatalog, namespace: String, client: ClusterClient, rights: AccessRights,
        pause: @escaping @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(250)) }
    ) {
        self.manifests = manifests
        self.client = client
        self.rights = rights
        self.pause = pause
        let defined = manifests.definedResources
        entries = manifests.ordered.map { document in
            let kind = document.object.groupVersionKind
            let resource = catalog.resource(for: kind) ?? defined.first { $0.gvk == kind }
            let target = resource.map {
                ObjectTarget(resource: $0, namespace: document.object.namespace ?? namespace, name: document.object.name)
            }
            return Entry(document: document, target: target)
        }
    }

    // MARK: What would change

    func plan(forced: Bool) async {
        guard !isPlanning, !isApplying else { return }
        (isPlanning, isForced, isStopped) = (true, forced, false)
        for index in entries.indices { entries[index].state = .waiting }
        onChange()
        let denials = await denials()
        for index in entries.indices {
            entries[index].state = await preview(index, denials[index])
            onChange()
        }
        isPlanning = false
        onChange()
    }

    /// By verb, why the person may not do what applying takes: of an object that is there it is changed, of one that is not created.
    private func denials() async -> [[String: String]] {
        let needs: [AccessRights.Need] = entries.flatMap { entry in
            entry.target.map { target in Self.verbs.map { (Right($0), target) } } ?? []
        }
        var answers = await rights.denials(of: needs)[...]
        return entries.map { entry in
            guard entry.target != nil else { return [:] }
            defer { answers = answers.dropFirst(Self.verbs.count) }
            return zip(Self.verbs, answers).reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private static let verbs = ["get", "patch", "create"]

    private func preview(_ index: Int, _ denials: [String: String]) async -> State {
        let entry = entries[index]
        guard let target = entry.target else { return .refused("the server does not serve \(entry.document.object.groupVersionKind)") }
        func missing(_ verbs: [String]) -> State? {
            let reasons = verbs.compactMap { denials[$0] }
            return reasons.isEmpty ? nil : .refused(reasons.joined(separator: "; "))
        }
        if let refusal = missing(["get", "patch"]) { return refusal }
        do throws(ClientError) {
            entries[index].before = try await target.readIfThere(client)
            if entries[index].before == nil, let refusal = missing(["create"]) { return refusal }
            let before = entries[index].before
            let after = try await apply(entry.document.object, to: target, over: before, forced: isForced, isDryRun: true)
            guard let before else { return .creates }
            let difference = await Self.difference(before, after)
            return difference.isEmpty ? .unchanged : .changes(difference)
        } catch {
            if error.isNotFound, comesWithOthers(target) { return .needsOthers }
            let conflicts = Self.conflicts(error)
            return conflicts.isEmpty ? .refused("\(error)") : .conflicts(conflicts)
        }
    }

    /// - Parameter before: the object as it was read last; nil where there was none.
    private func apply(
        _ object: KubernetesObject, to target: ObjectTarget, over before: KubernetesObject?, forced: Bool, isDryRun: Bool
    ) async throws(ClientError) -> KubernetesObject {
        if let before, KubectlApply.hasApplied(before) {
            return try await KubectlApply.apply(object, to: target, over: before, isDryRun: isDryRun, client: client)
        }
        return try await client.patch(
            target.resource.gvr, namespace: target.namespace, name: target.name, with: .apply(object, force: forced),
            options: WriteOptions(isDryRun: isDryRun, fieldManager: Self.manager)
        )
    }

    /// Whether the namespace or the kind of something is among the files too.
    private func comesWithOthers(_ target: ObjectTarget) -> Bool {
        entries.contains { other in
            let object = other.document.object
            return object.kind == "Namespace" && object.name == target.namespace
                || object.kind == "CustomResourceDefinition" && object.spec["group"]?.stringValue == target.resource.group
                    && object.spec["names"]?["plural"]?.stringValue == target.resource.name
        }
    }

    /// What the server says besides its own bookkeeping, and without the values of Secrets.
    static func difference(_ before: KubernetesObject, _ after: KubernetesObject) async -> [LineDiff.Line] {
        await SecretSizes.difference(from: InverseChange.own(before.json), to: InverseChange.own(after.json))
    }

    static func conflicts(_ error: ClientError) -> [Conflict] {
        guard case .status(let status) = error.cause, status.code == 409 else { return [] }
        return status.causes.filter { $0.reason == "FieldManagerConflict" }.map { cause in
            let manager = cause.message.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first.map(String.init)
            return Conflict(field: cause.field, manager: manager ?? cause.message)
        }
    }

    // MARK: Changing it

    /// Whether what was agreed to is being sent.
    var isApplying: Bool { writesLeft > 0 }

    /// The requests, one for each object that would change, each telling of its progress. What is sent is what they say, whatever is
    /// chosen after they were made.
    var writes: [Write] {
        let open = entries.indices.filter { entries[$0].state.isOpen }
        return open.compactMap { [isForced] index in
            guard let target = entries[index].target else { return nil }
            let manager = entries[index].isKubectls ? KubectlApply.manager : Self.manager + (isForced ? "&force=true" : "")
            return Write(target: target, request: "PATCH \(target.path)?fieldManager=\(manager)") { [self] _ in
                if !isApplying { writesLeft = open.count }
                defer { writesLeft -= 1 }
                return try await apply(index, forced: isForced)
            }
        }
    }

    /// The writes that a person is going to be asked about, which an earlier stop does not concern.
    func begin() -> [Write] {
        isStopped = false
        return writes
    }

    /// What is done already stays done.
    func stop() {
        isStopped = true
    }

    private func apply(_ index: Int, forced: Bool) async throws -> KubernetesObject {
        guard let target = entries[index].target, !isStopped else { throw ExplorerError("Stopped before \(entries[index].document.place)") }
        let needsOthers = entries[index].state == .needsOthers
        entries[index].state = .applying
        onChange()
        defer { onChange() }
        do throws(ClientError) {
            let after = try await apply(entries[index], to: target, forced: forced, patiently: needsOthers)
            entries[index].state = entries[index].before == nil ? .created : .changed
            return after
        } catch {
            entries[index].state = .refused("\(error)")
            let place = entries[index].document.place
            throw ExplorerError("\(place): \(error)", logged: "\(place): \(error.logged)")
        }
    }

    /// What was defined just now is served a moment later.
    private func apply(
        _ entry: Entry, to target: ObjectTarget, forced: Bool, patiently: Bool
    ) async throws(ClientError) -> KubernetesObject {
        var triesLeft = patiently ? 40 : 1
        while true {
            do throws(ClientError) {
                // In kubectl's way others may have gone on since it was shown.
                let before = entry.isKubectls ? try await target.read(client) : nil
                return try await apply(entry.document.object, to: target, over: before, forced: forced, isDryRun: false)
            } catch {
                triesLeft -= 1
                guard triesLeft > 0, error.isNotFound, (try? await pause()) != nil else { throw error }
            }
        }
    }
}

extension ApplyRun.State {
    /// Whether there is something to be done, and nothing in its way.
    var isOpen: Bool {
        switch self {
        case .creates, .changes, .needsOthers: true
        default: false
        }
    }

    /// What would become, or has become, of the object: in a few words.
    var text: String {
        switch self {
        case .waiting: "…"
        case .creates: "will be created"
        case .changes: "will be changed"
        case .unchanged: "unchanged"
        case .conflicts(let conflicts): "conflicts with \(Set(conflicts.map(\.manager)).sorted().joined(separator: ", "))"
        case .needsOthers: "will be created after the others"
        case .refused(let reason): "refused: \(reason)"
        case .applying: "being applied"
        case .created: "created"
        case .changed: "changed"
        }
    }

    var role: StyleRole {
        switch self {
        case .waiting, .unchanged: .muted
        case .creates, .needsOthers, .applying: .statusPending
        case .changes: .statusModified
        case .conflicts, .refused: .statusError
        case .created, .changed: .live
        }
    }
}
