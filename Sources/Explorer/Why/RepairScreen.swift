import KubernetesModel
import TextUI
import Troubleshooting

/// After a repair: what was failing, how it is now, and whether that is what was wanted.
final class RepairScreen: PaneScreen {
    private let finding: Finding
    private let begin: Instant
    private unowned let shell: Shell
    var pane = TextPane()
    private(set) var progress: RepairProgress?
    private var ended: Instant?

    /// - Parameter progress: how the repair shows; it ends when that is decided. It is followed whether the screen is visible or not.
    init(_ finding: Finding, progress: AsyncStream<RepairProgress>, of session: ClusterSession, shell: Shell) {
        self.finding = finding
        self.shell = shell
        begin = shell.now()
        pane.wraps = true
        pane.wrapsAtWords = true
        let following = Task { [weak self] in
            for await step in progress { self?.take(step) }
            self?.end()
        }
        // The cluster may be left before the repair shows.
        session.watching.append(following)
    }

    var title: String { "repair" }
    var bindings: [Binding] { TextPane.bindings }

    private func take(_ step: RepairProgress) {
        progress = step
        shell.setNeedsDisplay()
    }

    private func end() {
        ended = shell.now()
        guard let outcome = progress?.outcome else { return }
        switch outcome {
        case .repaired: shell.report(.info, "It worked: \(finding.title)")
        case .waiting(let missing, let start): shell.report(.info, "Repaired: \(missing), and starts again \(when(start))")
        case .pending(let missing): shell.report(.warning, "Not well yet: \(missing)")
        }
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let heading = StyledText("Repair", theme[.title]) + StyledText(" \(finding.title)", theme[.titleHighlight])
        let inside = BorderBox(title: heading, style: theme[.focusedBorder]).draw(in: area, on: &frame).inset(
            horizontally: 1, vertically: 0)
        pane.lines = lines(theme)
        pane.draw(in: inside, on: &frame, theme: theme)
    }

    private func lines(_ theme: Theme) -> [StyledText] {
        var lines = [verdict(theme), StyledText(finding.remedy.summary + ".", theme[.text]), StyledText()]
        guard let progress else { return lines }
        for patient in progress.patients {
            let sign = StyledText(patient.isWell ? "✓ " : "◌ ", theme[patient.isWell ? .live : .stale])
            lines.append(sign + StyledText("\(patient.object)", theme[.yamlKey]))
            lines.append(
                StyledText("    before  ", theme[.muted])
                    + StyledText(patient.before.joined(separator: "; "), theme[.statusError]))
            let now = patient.now + (patient.nextStart.map { "; it starts again \(when($0))" } ?? "")
            lines.append(StyledText("    now     ", theme[.muted]) + StyledText(now, theme[patient.isWell ? .live : .stale]))
        }
        return lines + [
            StyledText(), StyledText("Worked when", theme[.yamlKey]),
            StyledText("  " + finding.verification.text, theme[.text]),
        ]
    }

    /// Whether the mechanism has had the time it may take. It is looked at all the same: back-offs end late.
    private var isOverdue: Bool { shell.now() - begin > .seconds(finding.verification.withinSeconds) }

    private func when(_ start: Instant) -> String {
        let now = shell.now()
        return start <= now ? "any moment" : "in \(HumanDuration.text(since: now, now: start)), at \(LocalClock.text(start))"
    }

    private func verdict(_ theme: Theme) -> StyledText {
        let passed = HumanDuration.text(since: begin, now: ended ?? shell.now())
        switch progress?.outcome {
        case .repaired: return StyledText("✓ It worked, after \(passed).", theme[.live])
        case .waiting(let missing, let start):
            return StyledText("◌ Repaired. \(missing); it starts again \(when(start)).", theme[.stale])
        case .pending(let missing) where ended != nil || isOverdue:
            return StyledText("✗ Still failing after \(passed): \(missing).", theme[.flashError])
        case .pending(let missing):
            return StyledText(
                "◌ Waiting \(passed) of at most \(finding.verification.withinSeconds)s: \(missing).", theme[.stale])
        case nil: return StyledText("◌ Looking whether it worked …", theme[.stale])
        }
    }
}
