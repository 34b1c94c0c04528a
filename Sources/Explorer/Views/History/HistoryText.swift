import KubernetesModel
import TextUI

/// One change of an object as text: when it happened, who made it, and what it did.
struct HistoryText {
    let theme: Theme
    let now: Instant

    /// - Parameter change: from 1 to the number of changes.
    func lines(_ history: ObjectHistory, change: Int) -> [StyledText] {
        let version = history.versions[change]
        let age = HumanDuration.text(since: version.time, now: now)
        let managers = version.managers.map { $0.joined(separator: ", ") } ?? "unknown"
        let heading =
            StyledText("Change \(change) of \(history.changes)", theme[.title])
            + StyledText("  \(LocalClock.text(version.time))  \(age) ago  by \(managers)", theme[.text])
        let difference = history.difference(change)
        guard !difference.isEmpty else { return [heading, StyledText(), StyledText("Only its version number changed", theme[.muted])] }
        return [heading, StyledText()] + DiffText(theme: theme, ground: .text).lines(difference)
    }
}
