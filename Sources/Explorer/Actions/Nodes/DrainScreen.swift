import KubernetesModel
import TextUI

/// How far draining has come, pod by pod. It goes on when the screen is left; `:drains` leads back.
final class DrainScreen: PaneScreen {
    let run: DrainRun
    private unowned let shell: Shell
    var pane = TextPane()

    init(_ run: DrainRun, shell: Shell) {
        self.run = run
        self.shell = shell
    }

    var title: String { "drain" }

    var bindings: [Binding] {
        [Binding("drain.cancel", "Ctrl-X", title: "stop draining", section: .resource, footer: true)] + TextPane.bindings
    }

    func disabledReason(for action: ActionID) -> String? {
        action == "drain.cancel" && run.isOver ? "It is over" : nil
    }

    func perform(_ action: ActionID) -> Bool {
        guard action == "drain.cancel" else { return pane.perform(action) }
        run.cancel()
        shell.report(.info, "Stopped; \(run.nodes.what) \(run.nodes.count == 1 ? "stays" : "stay") cordoned")
        return true
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        let heading = StyledText("Drain", theme[.title]) + StyledText(" \(run.name)", theme[.titleHighlight])
        let inside = BorderBox(title: heading, note: verdict, style: theme[.focusedBorder]).draw(in: area, on: &frame)
        let (bar, rest) = inside.inset(horizontally: 1, vertically: 0).cuttingTop(2)
        drawBar(in: bar.row(0), theme, on: &frame)
        pane.lines = run.problem.map { [StyledText($0, theme[.flashError])] } ?? run.steps.map { line($0, theme) }
        pane.draw(in: rest, on: &frame, theme: theme)
    }

    private func drawBar(in line: Rect, _ theme: Theme, on frame: inout Frame) {
        let count = " \(run.goneCount) of \(run.steps.count) gone"
        let width = max(0, min(40, line.width - count.count))
        let share = run.steps.isEmpty ? 1 : Double(run.goneCount) / Double(run.steps.count)
        let end = frame.write(Gauge.text(share, width: width), at: line.origin, style: theme[.gauge].with(.underline), in: line)
        frame.write(count, at: Point(x: end, y: line.minY), style: theme[.text], in: line)
    }

    private var verdict: StyledText {
        let (text, role) = run.verdict(now: shell.now())
        return StyledText(text, shell.theme[role])
    }

    private func line(_ step: DrainRun.Step, _ theme: Theme) -> StyledText {
        let (sign, text, role): (String, String, StyleRole) =
            switch step.state {
            case .waiting: ("·", "waiting", .muted)
            case .held(let reason): ("!", "held back: \(reason)", .statusPending)
            case .leaving: ("◌", "leaving", .statusKilled)
            case .gone: ("✓", "gone", .live)
            case .failed(let reason): ("✗", reason, .statusError)
            }
        return StyledText("\(sign) ", theme[role]) + StyledText(SafeText.line(step.pod.key.description).padded(to: 44), theme[.text])
            + StyledText(" " + text, theme[role])
    }
}
