import KubernetesClient
import KubernetesModel
import TextUI

/// Leaving the program, which ends what runs in it.
extension Shell {
    /// All drains that are not over, each with its cluster.
    var runningDrains: [(run: DrainRun, session: ClusterSession)] {
        sessions.flatMap { session in session.drains.running.map { ($0, session) } }
    }

    /// All forwarded ports, each with its cluster.
    var allForwards: [(forward: PortForwards.Forward, session: ClusterSession)] {
        sessions.flatMap { session in session.forwards.all.map { ($0, session) } }
    }

    /// The forwards that one may have forgotten, or that somebody uses.
    private var missedForwards: [PortForwards.Forward] {
        allForwards.filter { $0.session !== session || $0.forward.forwarder.activity.open > 0 }.map(\.forward)
    }

    /// Whether leaving would cut something off.
    var hasUnfinishedWork: Bool { !runningDrains.isEmpty || !missedForwards.isEmpty }

    /// What goes on in clusters that keys are not about: `elsewhere: 1 drain, 2 forwards`. Nil when nothing does.
    var workElsewhere: String? {
        let drains = runningDrains.count { $0.session !== session }
        let forwards = allForwards.count { $0.session !== session }
        let parts = [(drains, "drain"), (forwards, "forward")].filter { $0.0 > 0 }.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
        return parts.isEmpty ? nil : "elsewhere: " + parts.joined(separator: ", ")
    }

    /// Leaves at once, unless nodes are being drained, which would be left half empty without a word, or ports are forwarded that one does
    /// not see.
    func quit() {
        let drains = runningDrains
        guard drains.isEmpty else { return ask(about: drains) }
        let forwards = missedForwards
        guard !forwards.isEmpty else { return onQuit() }
        let ports = forwards.prefix(3).map { "\($0.specification.address):\($0.forwarder.port)" }.joined(separator: ", ")
        let more = forwards.count > 3 ? " and \(forwards.count - 3) more" : ""
        let choices = [Choice(title: "Go on forwarding"), Choice(title: "Quit; they are forwarded again when their contexts are opened")]
        compositor.push(
            ChoiceLayer(title: "Forwarding \(ports)\(more)", choices: choices, shell: self) { [weak self] index in
                if index == 1 { self?.onQuit() }
            })
    }

    private func ask(about drains: [(run: DrainRun, session: ClusterSession)]) {
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
        let forwards = missedForwards.count
        let ports = forwards == 0 ? "" : "; forwarding \(forwards) \(forwards == 1 ? "port" : "ports")"
        let title = "Draining \(nodes.what): \(gone) of \(drains.reduce(0) { $0 + $1.run.steps.count }) gone\(ports)"
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
