import KubernetesClient
import KubernetesModel
import TextUI

extension Shell {
    private static let secrets = GroupVersionResource(resource: "secrets")

    private static func releaseSecrets(
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
            ListScreen("helm", heading: "Helm(\(namespaces.text))", command: "helm \(namespaces.text)", shell: self) { [session, now, unowned self] in
                let secrets = try await Self.releaseSecrets(session, in: namespaces)
                let newest = await HelmRelease.decode(HelmRelease.newest(secrets))
                return .init(
                    titles: ["NAME", "NAMESPACE", "REVISION", "STATUS", "CHART", "APP VERSION", "AGE"],
                    rows: newest.map { release in
                        .init(
                            cells: [
                                release.name, release.namespace, String(release.revision), release.status, release.chart, release.appVersion,
                                release.deployed.map { HumanDuration.text(since: $0, now: now()) } ?? "",
                            ], role: Self.role(of: release), open: { [unowned self] in openHelmHistory(release) }
                        )
                    }, absence: "No Helm releases here"
                )
            })
    }

    private func openHelmHistory(_ release: HelmRelease) {
        push(
            ListScreen("history", heading: "History(\(release.namespace)/\(release.name))", shell: self) { [session, unowned self] in
                let secrets = try await Self.releaseSecrets(session, in: .only([release.namespace]), name: release.name)
                let all = await HelmRelease.decode(secrets).sorted { $0.revision > $1.revision }
                return .init(
                    titles: ["REVISION", "STATUS", "CHART", "APP VERSION", "DESCRIPTION"],
                    rows: all.map { release in
                        .init(
                            cells: [String(release.revision), release.status, release.chart, release.appVersion, release.description],
                            role: Self.role(of: release), open: { [unowned self] in chooseHelmText(release) }
                        )
                    }, absence: "Its history is gone"
                )
            })
    }

    /// What can be read of a revision.
    private func chooseHelmText(_ release: HelmRelease) {
        let texts: [(String, () -> String)] = [
            ("values", { YAML.write(release.values) }), ("all values", { YAML.write(release.allValues) }), ("manifest", { release.manifest }),
            ("notes", { release.notes }),
        ]
        compositor.push(
            ChoiceLayer(title: "\(release.name) · revision \(release.revision)", choices: texts.map { Choice(title: $0.0) }, shell: self) { [weak self] index in
                guard let self else { return }
                let (title, text) = texts[index]
                push(PlainTextScreen(title: title, heading: "\(release.name) · \(release.revision) · \(title)", text: text(), isYAML: index < 3, shell: self))
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
