import KubernetesModel
import TextUI

/// Leaving the program, which ends what runs in it.
extension Shell {
    /// All drains that are not over, each with its cluster.
    var runningDrains: [(run: DrainRun, session: ClusterSession)] {
        sessions.flatMap { session in session.drains.running.map { ($0, session) } }
    }

    /// Leaves at once, unless nodes are being drained: they would be left half empty without a word.
    func quit() {
        let drains = runningDrains
        guard !drains.isEmpty else { return onQuit() }
        let nodes = drains.flatMap(\.run.nodes)
        let cordoned = drains.flatMap(\.run.cordoned)
        var choices = [
            Choice(title: "Go on draining"),
            Choice(title: "Stop and quit; \(nodes.what) \(nodes.count == 1 ? "stays" : "stay") cordoned"),
        ]
        // Where names have to be typed no node is changed by one key.
        if !cordoned.isEmpty, drains.allSatisfy({ $0.session.guardLevel != .strict }) {
            let which = cordoned.count == 1 ? "it" : "them"
            choices.append(
                Choice(title: "Stop, uncordon \(which) and quit", note: "PATCH /api/v1/nodes/… {\"spec\":{\"unschedulable\":null}}"))
        }
        let gone = drains.reduce(0) { $0 + $1.run.goneCount }
        let title = "Draining \(nodes.what): \(gone) of \(drains.reduce(0) { $0 + $1.run.steps.count }) gone"
        compositor.push(
            ChoiceLayer(title: title, choices: choices, shell: self) { [weak self] index in
                if index > 0 { self?.stop(drains, uncordons: index == 2) }
            })
    }

    /// Quits once the drains have stopped. What can't be uncordoned is told instead.
    private func stop(_ drains: [(run: DrainRun, session: ClusterSession)], uncordons: Bool) {
        work.run { [weak self] in
            do {
                for (run, session) in drains {
                    await run.end()
                    guard uncordons else { continue }
                    for node in run.cordoned { _ = try await NodeActions.marking(node, unschedulable: false).send(session.client) }
                }
                self?.onQuit()
            } catch {
                self?.report(error)
            }
        }
    }
}
