import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

extension Shell {
    /// `:helm`: the newest revision of every release.
    func openHelm(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        let secrets = HelmReader.scope(namespace: namespaces.single)
        let reader = HelmReader(session.client)
        push(
            ListScreen(
                "helm", heading: "Helm(\(namespaces.text))", command: "helm \(namespaces.text)",
                bindings: Self.helmBindings + Self.releaseBindings, shell: self, following: [secrets]
            ) { [unowned self] mirrors in
                let found = try mirrors.objects(secrets).filter { namespaces.contains($0.namespace ?? "") }
                let newest = try await reader.revisions(of: HelmRelease.newest(found))
                return .init(
                    titles: ["NAME", "NAMESPACE", "REVISION", "STATUS", "CHART", "APP VERSION", "AGE"],
                    rows: newest.map { release in
                        .init(
                            cells: [
                                release.name, release.namespace, String(release.revision), release.status, release.chart,
                                release.appVersion, "",
                            ], times: release.deployed.map { [6: $0] } ?? [:], role: Self.role(of: release),
                            open: { [unowned self] in openHelmHistory(release) },
                            acts: helmActs(release).merging([
                                "helm.uninstall": helmAct(release, needing: ["delete"]) { HelmAction.uninstall($0, in: $1) }
                            ]) { $1 }
                        )
                    }, absence: "No Helm releases here"
                )
            })
    }

    private func openHelmHistory(_ release: HelmRevision) {
        let secrets = HelmReader.scope(namespace: release.namespace, name: release.name)
        let reader = HelmReader(session.client)
        push(
            ListScreen(
                "history", heading: "History(\(release.namespace)/\(release.name))",
                bindings: Self.helmBindings + Self.revisionBindings, shell: self, following: [secrets]
            ) { [unowned self] mirrors in
                let all = try await reader.revisions(of: try mirrors.objects(secrets)).sorted { $0.revision > $1.revision }
                return .init(
                    titles: ["REVISION", "STATUS", "CHART", "APP VERSION", "DESCRIPTION"],
                    rows: all.map { release in
                        .init(
                            cells: [String(release.revision), release.status, release.chart, release.appVersion, release.description],
                            role: Self.role(of: release), open: { [unowned self] in chooseHelmText(release) },
                            acts: helmActs(release).merging([
                                "helm.rollback": helmAct(release, needing: ["create", "update"]) { HelmAction.rollBack(to: $0, in: $1) }
                            ]) { $1 }
                        )
                    }, absence: "Its history is gone"
                )
            })
    }

    static let releaseBindings = [Binding("helm.uninstall", "Ctrl-D", title: "uninstall", section: .resource, footer: true)]
    static let revisionBindings = [Binding("helm.rollback", "r", title: "roll back to it", section: .resource, footer: true)]
    static let helmBindings = [
        Binding("helm.values", "v", title: "values", section: .resource, footer: true),
        Binding("helm.allValues", "Shift-V", title: "all values", section: .resource),
        Binding("helm.manifest", "y", title: "manifest", section: .resource, footer: true),
        Binding("helm.notes", "d", title: "notes", section: .resource, footer: true),
    ]

    private func helmActs(_ release: HelmRevision) -> [ActionID: ListScreen.Act] {
        Dictionary(
            uniqueKeysWithValues: Self.helmBindings.map { binding in
                (binding.action, helmAct(release, needing: []) { $1.openHelmText(binding, of: $0) })
            })
    }

    /// - Parameter verbs: what must be allowed of its Secrets.
    private func helmAct(
        _ revision: HelmRevision, needing verbs: [String], _ act: @escaping (HelmRelease, Shell) -> Void
    ) -> ListScreen.Act {
        ListScreen.Act(obstacle: { [unowned self] in verbs.isEmpty ? nil : HelmAction.obstacle(helmSecret(revision), verbs, in: self) }) {
            [unowned self] in withHelmRelease(revision, act)
        }
    }

    private func helmSecret(_ revision: HelmRevision) -> ObjectTarget {
        ObjectTarget(resource: session.builtIn("secrets"), namespace: revision.namespace, name: revision.secret)
    }

    /// Reads all of a revision, which lists don't hold.
    private func withHelmRelease(_ revision: HelmRevision, _ act: @escaping (HelmRelease, Shell) -> Void) {
        let session = session
        let secret = helmSecret(revision)
        work.run { [weak self] in
            do {
                let found = try await secret.read(session.client)
                guard let release = await HelmRelease.decode([found]).first else { throw ExplorerError("\(secret.text) can't be read") }
                guard let self, isStill(in: session) else { return }
                act(release, self)
            } catch {
                self?.report(error)
            }
        }
    }

    fileprivate func openHelmText(_ binding: Binding, of release: HelmRelease) {
        let text =
            switch binding.action {
            case "helm.values": YAML.write(release.values)
            case "helm.allValues": YAML.write(release.allValues)
            case "helm.manifest": release.manifest
            default: release.notes
            }
        let heading = "\(release.name) · \(release.revision) · \(binding.title)"
        push(PlainTextScreen(title: binding.title, heading: heading, text: text, isYAML: binding.action != "helm.notes", shell: self))
    }

    /// What can be read of a revision.
    private func chooseHelmText(_ release: HelmRevision) {
        compositor.push(
            ChoiceLayer(
                title: "\(release.name) · revision \(release.revision)", choices: Self.helmBindings.map { Choice(title: $0.title) },
                shell: self
            ) { [weak self] index in
                self?.withHelmRelease(release) { $1.openHelmText(Self.helmBindings[index], of: $0) }
            })
        setNeedsDisplay()
    }

    private static func role(of release: HelmRevision) -> StyleRole {
        switch release.status {
        case "deployed": .statusNormal
        case "superseded", "uninstalled": .statusCompleted
        case "failed", "unreadable": .statusError
        default: .statusPending
        }
    }
}
