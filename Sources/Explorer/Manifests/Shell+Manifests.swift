import Foundation
import KubernetesClient
import KubernetesModel
import TextUI

/// Files with objects: applying and deleting what they describe.
extension Shell {
    /// `:apply PATH`.
    func openApply(_ line: CommandLine) {
        guard let path = line.path else { return refuse("Say what: apply FILE or FOLDER") }
        apply(path)
    }

    /// `:dir PATH`, the working directory without one.
    func openFolder(_ line: CommandLine) {
        let path = URL(filePath: line.path ?? ".").standardizedFileURL.path
        guard TextFile.isFolder(path) else { return refuse("\(path) is no folder") }
        push(DirectoryScreen(path, shell: self))
    }

    /// - Parameter old: what shows the files as they were, and is replaced.
    func apply(_ path: String, again old: ApplyScreen? = nil) {
        if let obstacle = session.guardLevel.obstacle { return refuse(obstacle, .warning) }
        let session = session
        work.run { [weak self] in
            let manifests = await Self.read(path)
            guard let self, isStill(in: session), old == nil || screen === old else { return }
            guard !manifests.documents.isEmpty else { return report(.error, manifests.problems.first ?? "\(path) describes nothing") }
            let run = ApplyRun(
                manifests, catalog: session.catalog, namespace: session.configuration.namespace, client: session.client,
                rights: session.rights)
            let new = ApplyScreen(run, path: path, after: old, shell: self)
            if old == nil { push(new) } else { replaceTop(with: new) }
            new.plan(forced: old?.isForced ?? false)
        }
    }

    /// Deletes those of the objects that a file describes that are there, the last first.
    func deleteObjects(in path: String) {
        if let obstacle = session.guardLevel.obstacle { return refuse(obstacle, .warning) }
        let session = session
        work.run { [weak self] in
            let manifests = await Self.read(path)
            let run = ApplyRun(
                manifests, catalog: session.catalog, namespace: session.configuration.namespace, client: session.client,
                rights: session.rights)
            var targets: [ObjectTarget] = []
            do {
                for target in run.entries.compactMap(\.target).reversed() where try await target.readIfThere(session.client) != nil {
                    targets.append(target)
                }
            } catch {
                self?.report(error)
                return
            }
            let denial = await session.rights.denial(of: targets.map { (Right("delete"), $0) })
            guard let self, isStill(in: session) else { return }
            if let denial { return report(.error, denial) }
            let name = (path as NSString).lastPathComponent
            guard !targets.isEmpty else {
                return report(.info, manifests.problems.first ?? "Nothing of what \(name) describes is in the cluster")
            }
            confirm(
                DeleteAction.writes(targets, DeleteOptions()), verb: "Delete", done: "Deleted",
                text: [
                    "Delete what \(name) describes? \(targets.count) of it \(targets.count == 1 ? "is" : "are") in the cluster."
                ],
                isDestructive: true, typedName: DeleteAction.nameToType(targets)
            )
        }
    }

    @concurrent private static func read(_ path: String) async -> Manifests {
        Manifests(path: path)
    }
}

extension CommandLine {
    /// What follows the name as the path of a file: a leading slash makes no filter of it.
    var path: String? {
        let text = filter?.hasPrefix("-f ") == true && arguments.isEmpty ? filter.map { String($0.dropFirst(3)) } : text
        return text.map { ($0 as NSString).expandingTildeInPath }
    }
}
