import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// Comparing objects and revisions.
extension Shell {
    /// Two marked objects with each other; of one workload, an earlier revision with the present one.
    func compare(_ targets: [ObjectTarget]) {
        switch targets.count {
        case 2: compare(targets[0], targets[1])
        case 1 where Self.hasRevisions(targets[0].resource): chooseRevision(of: targets[0])
        default: report(.info, "Mark the two objects to compare with Space")
        }
    }

    /// `diff deployments shop/a shop/b`; without arguments what is marked.
    func openComparison(_ line: CommandLine) {
        guard !line.arguments.isEmpty else { return compare(screen?.targets ?? []) }
        guard line.arguments.count == 3, let resource = session.catalog.resource(named: line.arguments[0]) else {
            return refuse("Say what to compare: diff KIND NAME NAME, or NAMESPACE/NAME")
        }
        let targets = line.arguments.dropFirst().map { text in
            let parts = text.split(separator: "/").map(String.init)
            let namespace = parts.count == 2 ? parts[0] : session.namespaces.single ?? session.configuration.namespace
            return ObjectTarget(resource: resource, namespace: namespace, name: parts.last ?? text)
        }
        compare(targets)
    }

    /// They may be in different clusters.
    private func compare(_ left: ObjectTarget, _ right: ObjectTarget) {
        let (first, second) = (session(of: left).client, session(of: right).client)
        push(
            ComparisonScreen(shell: self) {
                let old = try await first.get(left.resource.gvr, namespace: left.namespace, name: left.name)
                let new = try await second.get(right.resource.gvr, namespace: right.namespace, name: right.name)
                return Comparison(
                    left: ComparedText(title: left.text, object: old.value), right: ComparedText(title: right.text, object: new.value))
            })
    }

    private static func hasRevisions(_ resource: APIResource) -> Bool {
        ["deployments.apps", "statefulsets.apps", "daemonsets.apps"].contains(resource.groupResource.description)
    }

    private func chooseRevision(of target: ObjectTarget) {
        let client = session(of: target).client
        work.run { [weak self] in
            do {
                let object = try await client.get(target.resource.gvr, namespace: target.namespace, name: target.name)
                let revisions = try await WorkloadRevision.all(of: object, client)
                self?.choose(revisions, of: target)
            } catch {
                self?.report(error)
            }
        }
    }

    private func choose(_ revisions: [WorkloadRevision], of target: ObjectTarget) {
        guard let newest = revisions.first, revisions.count > 1 else {
            return report(.info, "\(target.text) has no earlier revision to compare with")
        }
        let earlier = revisions.dropFirst()
        let choices = earlier.map { revision in
            let age = revision.created.map { HumanDuration.text(since: $0, now: now()) + " ago" } ?? ""
            return Choice(title: "\(revision.number)  \(revision.images.joined(separator: " "))", note: age)
        }
        compositor.push(
            ChoiceLayer(title: "Compare \(target.name) with revision", choices: choices, shell: self) { [weak self] index in
                guard let self else { return }
                let comparison = Comparison(left: earlier[earlier.startIndex + index].compared, right: newest.compared)
                push(ComparisonScreen(shell: self) { comparison })
            })
        setNeedsDisplay()
    }
}

extension WorkloadRevision {
    fileprivate var compared: ComparedText { ComparedText(title: "revision \(number)", object: template) }
}
