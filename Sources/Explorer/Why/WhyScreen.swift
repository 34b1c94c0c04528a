import KubernetesModel
import ResourceTables
import TextUI
import Troubleshooting

/// Why something is broken: one root cause at a time, with what proves it, whom it hurts, and what repairs it.
final class WhyScreen: PaneScreen {
    private let target: ObjectTarget?
    private unowned let shell: Shell
    var pane = TextPane()
    private var index = 0

    /// - Parameter target: the object in question; nil means the cluster.
    init(about target: ObjectTarget?, shell: Shell) {
        self.target = target
        self.shell = shell
        pane.wraps = true
        pane.wrapsAtWords = true
        if let target, let finding = shell.whyWatch.diagnosis?.finding(about: target.reference) {
            index = findings.firstIndex { $0.id == finding.id } ?? 0
        }
    }

    var title: String { "why" }
    var command: String? { target == nil ? "troubleshoot" : nil }

    private var findings: [Finding] { shell.whyWatch.diagnosis?.findings ?? [] }
    private var finding: Finding? { findings.indices.contains(index) ? findings[index] : findings.first }

    var document: ScreenDocument? { ScreenDocument(text: pane.text, name: "why", ending: "txt") }

    var bindings: [Binding] {
        [
            Binding("why.fix", "f", title: "fix", footer: finding?.remedy.change != nil),
            Binding("why.next", "Tab", title: "next cause", footer: findings.count > 1),
            Binding("why.previous", "Shift-Tab", title: "previous cause"),
        ] + TextPane.bindings
    }

    func disabledReason(for action: ActionID) -> String? {
        guard action == "why.fix" else { return nil }
        guard let finding else { return "Nothing is known to be broken" }
        if finding.remedy.change == nil { return "Only a person can decide how to repair this: see the commands below" }
        return shell.session.guardLevel.obstacle
    }

    func perform(_ action: ActionID) -> Bool {
        switch action {
        case "why.fix":
            if let finding { RemedyAction.start(finding, in: shell) }
        case "why.next": step(1)
        case "why.previous": step(-1)
        default: return pane.perform(action)
        }
        return true
    }

    private func step(_ distance: Int) {
        guard !findings.isEmpty else { return }
        index = (index + distance + findings.count) % findings.count
        _ = pane.perform("text.first")
    }

    func draw(in area: Rect, on frame: inout Frame) {
        let theme = shell.theme
        var heading = StyledText("Why", theme[.title])
        if let target { heading.append(" \(target.text)", theme[.titleHighlight]) }
        let place = findings.count > 1 ? "cause \((findings.firstIndex { $0.id == finding?.id } ?? 0) + 1) of \(findings.count)" : ""
        var note = StyledText(place, theme[.titleCounter])
        if case .lost(let since, let reason) = shell.session.connection {
            note = note + StyledText(place.isEmpty ? "" : " · ", theme[.muted]) + shell.trust.text(of: .stale(since: since, reason: reason))
        }
        let box = BorderBox(title: heading, note: note, style: theme[.focusedBorder])
        let inside = box.draw(in: area, on: &frame).inset(horizontally: 1, vertically: 0)
        let lines = report(theme)
        if lines != pane.lines { pane.lines = lines }
        pane.draw(in: inside, on: &frame, theme: theme)
    }

    private func report(_ theme: Theme) -> [StyledText] {
        guard let diagnosis = shell.whyWatch.diagnosis else {
            guard case .lost(_, let reason) = shell.session.connection else {
                return [StyledText("Looking at the cluster …", theme[.muted])]
            }
            return [StyledText("Nothing is known of a cluster that doesn't answer: \(reason)", theme[.offline])]
        }
        let report = WhyReport(theme: theme)
        guard let finding else { return report.lines(ofHealthy: diagnosis) }
        let isAboutTarget = target.map { finding.concerns($0.reference) } ?? true
        let note =
            isAboutTarget ? [] : [StyledText("Nothing is known to be wrong with it. Broken in the cluster:", theme[.muted]), StyledText()]
        return note + report.lines(of: finding)
    }
}
