import KubernetesClient
import KubernetesModel
import TextUI

extension Shell {
    private static let secrets = GroupVersionResource(resource: "secrets")

    static func releaseSecrets(
        _ session: ClusterSession, in namespaces: NamespaceChoice, name: String? = nil
    ) async throws -> [KubernetesObject] {
        let selector = "owner=helm" + (name.map { ",name=\($0)" } ?? "")
        let secrets = try await session.client.list(
            secrets, namespace: namespaces.single, labelSelector: selector, fieldSelector: "type=helm.sh/release.v1"
        ).items
        return secrets.filter { namespaces.contains($0.namespace ?? "") }
    }

    /// `:helm`: the newest revision of every release.
    func openHelm(_ line: CommandLine) {
        let namespaces = line.namespaces ?? session.namespaces
        push(
            ListScreen(
                "helm", heading: "Helm(\(namespaces.text))", command: "helm \(namespaces.text)",
                bindings: Self.helmBindings + Self.releaseBindings, shell: self
            ) { [session, now, unowned self] in
                let secrets = try await Self.releaseSecrets(session, in: namespaces)
                let newest = await HelmRelease.decode(HelmRelease.newest(secrets))
                return .init(
                    titles: ["NAME", "NAMESPACE", "REVISION", "STATUS", "CHART", "APP VERSION", "AGE"],
                    rows: newest.map { release in
                        .init(
                            cells: [
                                release.name, release.namespace, String(release.revision), release.status, release.chart,
                                release.appVersion,
                                release.deployed.map { HumanDuration.text(since: $0, now: now()) } ?? "",
                            ], role: Self.role(of: release), open: { [unowned self] in openHelmHistory(release) },
                            acts: helmActs(release).merging([
                                "helm.uninstall": .init(obstacle: { [unowned self] in HelmAction.obstacle(release, ["delete"], in: self) })
                                {
                                    [unowned self] in HelmAction.uninstall(release, in: self)
                                }
                            ]) { $1 }
                        )
                    }, absence: "No Helm releases here"
                )
            })
    }

    private func openHelmHistory(_ release: HelmRelease) {
        push(
            ListScreen(
                "history", heading: "History(\(release.namespace)/\(release.name))",
                bindings: Self.helmBindings + Self.revisionBindings, shell: self
            ) { [session, unowned self] in
                let secrets = try await Self.releaseSecrets(session, in: .only([release.namespace]), name: release.name)
                let all = await HelmRelease.decode(secrets).sorted { $0.revision > $1.revision }
                return .init(
                    titles: ["REVISION", "STATUS", "CHART", "APP VERSION", "DESCRIPTION"],
                    rows: all.map { release in
                        .init(
                            cells: [String(release.revision), release.status, release.chart, release.appVersion, release.description],
                            role: Self.role(of: release), open: { [unowned self] in chooseHelmText(release) },
                            acts: helmActs(release).merging([
                                "helm.rollback": .init(obstacle: { [unowned self] in
                                    HelmAction.obstacle(release, ["create", "update"], in: self)
                                }) {
                                    [unowned self] in HelmAction.rollBack(to: release, in: self)
                                }
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

    private func helmActs(_ release: HelmRelease) -> [ActionID: ListScreen.Act] {
        Dictionary(
            uniqueKeysWithValues: Self.helmBindings.map { binding in
                (binding.action, ListScreen.Act { [unowned self] in openHelmText(binding, of: release) })
            })
    }

    private func openHelmText(_ binding: Binding, of release: HelmRelease) {
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
    private func chooseHelmText(_ release: HelmRelease) {
        compositor.push(
            ChoiceLayer(
                title: "\(release.name) · revision \(release.revision)", choices: Self.helmBindings.map { Choice(title: $0.title) },
                shell: self
            ) { [weak self] index in
                self?.openHelmText(Self.helmBindings[index], of: release)
            })
        setNeedsDisplay()
    }

    private static func role(of release: HelmRelease) -> StyleRole {
        switch release.status {
        case "deployed": .statusNormal
        case "superseded", "uninstalled": .statusCompleted
        case "failed": .statusError
        default: .statusPending
        }
    }
}
