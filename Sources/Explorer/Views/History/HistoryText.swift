import KubernetesModel
import TextUI
import Troubleshooting

/// One change of an object as text: when it happened, who made it, and what it did.
struct HistoryText {
    let theme: Theme
    let now: Instant

    /// - Parameters:
    ///   - change: from 1 to the number of changes.
    ///   - difference: what it did.
    func lines(_ history: ObjectHistory, change: Int, _ difference: [LineDiff.Line]) -> [StyledText] {
        let version = history.versions[change]
        let age = HumanDuration.text(since: version.time, now: now)
        let managers = version.managers.map { $0.joined(separator: ", ") } ?? "unknown"
        let heading =
            StyledText("Change \(change) of \(history.changes)", theme[.title])
            + StyledText("  \(LocalClock.text(version.time))  \(age) ago  by \(managers)", theme[.text])
        guard !difference.isEmpty else { return [heading, StyledText(), StyledText("Only its version number changed", theme[.muted])] }
        return [heading, StyledText()] + DiffText(theme: theme, ground: .text).lines(difference)
    }
}
