import KubernetesModel
import ResourceTables
import TextUI

/// What a frame says of how far its content can be trusted; nothing where it can.
struct TrustNote {
    let theme: Theme
    let now: Instant
    /// Whether the header says why data are old.
    let isExplained: Bool

    func text(of state: TableState) -> StyledText {
        switch state {
        case .live: StyledText()
        case .loading(let loaded, let total):
            StyledText(
                "loading" + (loaded == 0 ? "" : " \(TableTitle.number(loaded))") + (total.map { " of ≈\(TableTitle.number($0))" } ?? ""),
                theme[.stale])
        case .stale(let since, let reason):
            StyledText(
                "stale for \(HumanDuration.text(since: since, now: now))"
                    + (isExplained || reason.isEmpty ? "" : ": \(reason)"),
                theme[.offline])
        case .forbidden: StyledText("forbidden", theme[.offline])
        case .notServed: StyledText("not served", theme[.offline])
        }
    }

    /// Of what is made of several resources: how old the oldest of it is, and what is not in it because nobody may look. Nil when all is well.
    func text(of parts: [(resource: String, state: TableState)]) -> StyledText? {
        let stale = parts.compactMap { part in
            if case .stale(let since, let reason) = part.state { (since: since, reason: reason) } else { nil }
        }
        if let oldest = stale.min(by: { $0.since < $1.since }) { return text(of: .stale(since: oldest.since, reason: oldest.reason)) }
        let hidden = parts.filter { if case .forbidden = $0.state { true } else { false } }.map { $0.resource }
        guard !hidden.isEmpty else { return nil }
        guard hidden.count < parts.count else { return text(of: .forbidden("")) }
        return StyledText("without \(Set(hidden).sorted().joined(separator: ", ")): forbidden", theme[.offline])
    }
}

extension Shell {
    var trust: TrustNote { TrustNote(theme: theme, now: now(), isExplained: session.connection.isLost) }
}
