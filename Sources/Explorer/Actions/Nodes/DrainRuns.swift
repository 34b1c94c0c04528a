import KubernetesClient
import KubernetesModel
import TextUI

/// The drains begun in a session; they end with it.
final class DrainRuns {
    /// The oldest first.
    private(set) var all: [DrainRun] = []
    /// Told when one begins or gets on.
    var listeners = Listeners()

    func begin(_ plans: [DrainPlan], _ client: ClusterClient, in shell: Shell) -> DrainRun {
        let run = DrainRun(plans, client: client, now: shell.now)
        run.onChange = { [weak self, weak shell] in
            self?.listeners.tell()
            shell?.setNeedsDisplay()
        }
        all.append(run)
        run.start()
        return run
    }

    var running: [DrainRun] { all.filter { !$0.isOver } }

    func stopAll() {
        all.forEach { $0.cancel() }
        all = []
    }
}

extension DrainRun {
    var name: String { nodes.count == 1 ? nodes[0].name : "\(nodes.count) nodes" }

    /// How it stands, in a word or two.
    func verdict(now: Instant) -> (text: String, role: StyleRole) {
        if problem != nil { return ("failed", .flashError) }
        if isCancelled { return ("stopped", .stale) }
        guard isOver else { return ("for \(HumanDuration.text(since: begin, now: now))", .muted) }
        let failed = steps.count { if case .failed = $0.state { true } else { false } }
        return failed == 0 ? ("done", .live) : ("\(failed) failed", .flashError)
    }
}

extension Shell {
    /// `:drains`: what is being drained, and what was, in all clusters.
    func openDrains() {
        let screen = ListScreen("drains", heading: "Drains", command: "drains", shell: self) { [now, unowned self] _ in
            let names = sessions.count > 1
            let drains = sessions.flatMap { session in session.drains.all.map { (run: $0, session: session) } }
            let rows = drains.sorted { $0.run.begin > $1.run.begin }.map { run, session in
                let (verdict, role) = run.verdict(now: now())
                let cells = [run.name, "\(run.goneCount)/\(run.steps.count)", run.isOver ? verdict : "running", ""]
                return ListScreen.Row(
                    cells: cells + (names ? [session.contextName] : []), times: [3: run.begin], role: role,
                    open: { [unowned self] in push(DrainScreen(run, shell: self), of: session) }
                )
            }
            return .init(
                titles: ["NODES", "GONE", "STATUS", "AGE"] + (names ? ["CONTEXT"] : []), rows: rows,
                absence: "No node was drained. r on a node drains it.")
        }
        for session in sessions { session.drains.listeners.add(screen) { [weak screen] in screen?.remake() } }
        push(screen)
    }
}
