import KubernetesClient
import KubernetesModel
import TextUI

/// Rolling releases back and uninstalling them, from what their Secrets tell and without Helm.
enum HelmAction {
    private static let secrets = GroupVersionResource(resource: "secrets")

    /// Why the release that a Secret keeps can't be changed.
    static func obstacle(_ place: ObjectTarget, _ verbs: [String], in shell: Shell) -> String? {
        if let obstacle = shell.session.guardLevel.obstacle { return obstacle }
        return verbs.lazy.compactMap { shell.session.rights.denial(of: Right($0), on: place, in: shell) }.first
    }

    /// The Secret of a revision.
    private static func target(_ release: HelmRelease, revision: Int? = nil, in shell: Shell) -> ObjectTarget {
        target(release, revision: revision, of: shell.session)
    }

    private static func target(_ release: HelmRelease, revision: Int? = nil, of session: ClusterSession) -> ObjectTarget {
        ObjectTarget(
            resource: session.builtIn("secrets"), namespace: release.namespace,
            name: "sh.helm.release.v1.\(release.name).v\(revision ?? release.revision)"
        )
    }

    /// Why the release's records or one of its objects can't be changed as the server says.
    private static func denial(
        _ verbs: [String], of release: HelmRelease, _ steps: [HelmChange.Step], _ session: ClusterSession
    ) async -> String? {
        let record = target(release, of: session)
        return await session.rights.denial(of: verbs.map { (Right($0), record) } + steps.map { ($0.right, $0.target) })
    }

    // MARK: Rolling back

    static func rollBack(to wanted: HelmRelease, in shell: Shell) {
        let session = shell.session
        shell.work.run { [weak shell] in
            do {
                let all = try await history(of: wanted, session)
                guard let newest = all.first else { throw ExplorerError("The history of \(wanted.name) is gone") }
                guard !newest.status.hasPrefix("pending") else {
                    throw ExplorerError("\(wanted.name) is \(newest.status): somebody changes it now, or left it halfway")
                }
                let current = all.first { $0.status == "deployed" } ?? newest
                let change = try await HelmChange(from: current, to: wanted, catalog: session.catalog, client: session.client)
                let denial = await denial(["create", "update"], of: wanted, change.steps, session)
                guard let shell, shell.isStill(in: session) else { return }
                if let denial { return shell.report(.error, denial) }
                confirm(change, to: wanted, from: current, next: newest.revision + 1, in: shell)
            } catch {
                shell?.report(error)
            }
        }
    }

    private static func confirm(_ change: HelmChange, to wanted: HelmRelease, from current: HelmRelease, next: Int, in shell: Shell) {
        let now = shell.now()
        let place = target(wanted, revision: next, in: shell)
        let former = target(current, in: shell)
        let write = Write(
            target: place, request: "POST \(place.resource.gvr.path(namespace: place.namespace)) \(place.name)",
            furtherRequests: change.steps.map(\.request) + ["PUT \(former.path)", "PUT \(place.path)"], effect: .other
        ) { client in
            try await rollBack(change, to: wanted, as: next, place: place, former: former, client, at: now)
            return nil
        }
        let theme = shell.theme
        let details = change.steps.flatMap { step -> [StyledText] in
            guard case .update(let target, _, let lines) = step else { return [] }
            return [StyledText(target.text, theme[.dialog].with(.bold))] + DiffText(theme: theme).lines(lines)
        }
        shell.confirm(
            [write], verb: "Roll back", done: "Rolled \(wanted.name) back to revision \(wanted.revision), recorded in",
            text: [
                "Roll \(wanted.name) back to revision \(wanted.revision)? It becomes revision \(next).", summary(change),
            ] + hookWarning(wanted), details: details, isDestructive: true,
            typedName: typedName(wanted, change.steps, in: shell)
        )
    }

    /// A namespace's name wherever one is deleted, else the release's in a guarded context.
    private static func typedName(_ release: HelmRelease, _ steps: [HelmChange.Step], in shell: Shell) -> String? {
        let deleted = steps.compactMap { step in if case .delete(let target) = step { target } else { nil } }
        return DeleteAction.nameToType(deleted) ?? (shell.session.guardLevel == .strict ? release.name : nil)
    }

    private static func summary(_ change: HelmChange) -> String {
        var (created, changed, deleted) = (0, 0, 0)
        for step in change.steps {
            switch step {
            case .create: created += 1
            case .update: changed += 1
            case .delete: deleted += 1
            }
        }
        return "Objects: \(created) created, \(changed) changed, \(deleted) deleted."
    }

    private static func hookWarning(_ release: HelmRelease) -> [String] {
        release.hooks.isEmpty ? [] : ["Its hooks are not run: \(release.hooks.prefix(4).joined(separator: ", "))."]
    }

    /// In Helm's order, so that who looks meanwhile sees it pending, and what fails is seen as failed.
    private static func rollBack(
        _ change: HelmChange, to wanted: HelmRelease, as number: Int, place: ObjectTarget, former: ObjectTarget, _ client: ClusterClient,
        at now: Instant
    ) async throws {
        let description = "Rollback to \(wanted.revision)"
        let pending = wanted.record.revision(number, status: "pending-rollback", description: description, at: now)
        let written = try await client.create(try packed(pending, nil, now), as: secrets, namespace: place.namespace)
        do {
            for step in change.steps { try await step.perform(client) }
            try await mark(former, as: "superseded", client, at: now)
            try await put(pending.with(status: "deployed"), into: written, client, at: now)
        } catch {
            try? await put(pending.with(status: "failed", description: "\(description) failed: \(error)"), into: written, client, at: now)
            throw error
        }
    }

    private static func packed(_ record: HelmRecord, _ existing: KubernetesObject?, _ now: Instant) throws -> KubernetesObject {
        guard let secret = record.secret(replacing: existing, at: now) else { throw ExplorerError("The release can't be packed") }
        return secret
    }

    private static func put(_ record: HelmRecord, into secret: KubernetesObject, _ client: ClusterClient, at now: Instant) async throws {
        _ = try await client.update(try packed(record, secret, now), as: secrets, namespace: secret.namespace, name: secret.name)
    }

    private static func mark(
        _ place: ObjectTarget, as status: String, description: String? = nil, deleted: Instant? = nil, _ client: ClusterClient,
        at now: Instant
    ) async throws {
        let secret = try await place.read(client)
        guard let release = HelmRelease(secret: secret) else { throw ExplorerError("\(place.text) is no release") }
        try await put(release.record.with(status: status, description: description, deleted: deleted), into: secret, client, at: now)
    }

    // MARK: Uninstalling

    static func uninstall(_ release: HelmRelease, in shell: Shell) {
        let session = shell.session
        shell.work.run { [weak shell] in
            do {
                let all = try await history(of: release, session)
                guard !all.isEmpty else { throw ExplorerError("The history of \(release.name) is gone") }
                let current = all.first { $0.status == "deployed" } ?? release
                let manifest = try HelmManifest(current, catalog: session.catalog)
                let denial = await denial(["delete", "update"], of: current, deletions(manifest), session)
                guard let shell, shell.isStill(in: session) else { return }
                if let denial { return shell.report(.error, denial) }
                confirmUninstalling(current, manifest, all, in: shell)
            } catch {
                shell?.report(error)
            }
        }
    }

    private static func deletions(_ manifest: HelmManifest) -> [HelmChange.Step] {
        manifest.objects.reversed().filter { !$0.object.isKeptByHelm }.map { .delete($0.target) }
    }

    private static func confirmUninstalling(_ release: HelmRelease, _ manifest: HelmManifest, _ all: [HelmRelease], in shell: Shell) {
        let now = shell.now()
        let steps = deletions(manifest)
        let kept = manifest.objects.count - steps.count
        let place = target(release, in: shell)
        func write(_ ending: [String], _ end: @escaping (ClusterClient) async throws -> Void) -> Write {
            let requests = steps.map(\.request) + ending
            return Write(target: place, request: requests[0], furtherRequests: Array(requests.dropFirst()), effect: .other) { client in
                for step in steps { try await step.perform(client) }
                try await end(client)
                return nil
            }
        }
        let records = all.map { target($0, in: shell) }
        let forgetting = write(records.map { "DELETE \($0.path)" }) { client in
            for record in records { try await HelmChange.Step.delete(record).perform(client) }
        }
        let remembering = write(["PUT \(place.path)"]) { client in
            try await mark(place, as: "uninstalled", description: "Uninstallation complete", deleted: now, client, at: now)
        }
        shell.confirm(
            variants: [
                WriteChoice(title: "Its history goes too", writes: [forgetting]),
                WriteChoice(title: "Its history is kept", writes: [remembering]),
            ], verb: "Uninstall", done: "Uninstalled \(release.name), recorded in",
            text: [
                "Uninstall \(release.name)? \(steps.count == 1 ? "One object is" : "\(steps.count) objects are") deleted."
            ]
                + (kept > 0 ? ["\(kept) are kept, as their chart wants it."] : []) + hookWarning(release),
            typedName: typedName(release, steps, in: shell)
        )
    }

    /// All revisions, the newest first.
    private static func history(of release: HelmRelease, _ session: ClusterSession) async throws -> [HelmRelease] {
        let found = try await session.client.list(
            secrets, namespace: release.namespace, labelSelector: "owner=helm,name=\(release.name)",
            fieldSelector: "type=helm.sh/release.v1"
        ).items
        return await HelmRelease.decode(found).sorted { $0.revision > $1.revision }
    }
}
