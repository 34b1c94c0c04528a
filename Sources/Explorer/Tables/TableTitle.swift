import KubernetesClient
import KubernetesModel
import ResourceTables
import TextUI

/// The words in a table's frame: what it shows, how much of it, and how far it can be trusted.
struct TableTitle {
    let theme: Theme
    let now: Instant
    /// The cluster that the header tells of.
    let explained: ClusterSession

    /// `Pods(shop)[3/42] · 2 failing /web`.
    func title(of model: TableModel, name: String? = nil) -> StyledText {
        let snapshot = model.snapshot
        var text = StyledText(name ?? Self.name(of: model.resource), theme[.title])
        if name == nil, model.resource.isNamespaced {
            text.append("(\(model.query.namespaces.text))", theme[.titleHighlight])
        }
        if !model.isAtHome {
            text.append(" @" + model.sessions.map { $0.contextName }.joined(separator: ",@"), theme[.titleHighlight])
        }
        // What a linked pane leaves out is about other objects.
        let isLinked = model.query.relation != nil
        text.append("[\(Self.count(snapshot.counts))]", theme[.titleCounter])
        let faults = snapshot.counts.faults
        if faults > 0, !isLinked { text.append(" · \(Self.number(faults)) \(Self.faults(model.resource))", theme[.statusError]) }
        if !model.marks.isEmpty {
            let hidden = model.hiddenMarks.count
            text.append(" · \(model.marks.count) marked\(hidden > 0 ? ", \(hidden) hidden" : "")", theme[.mark])
        }
        if model.query.faultsOnly { text.append(" faults only", theme[.titleFilter]) }
        if model.query.filter != .everything { text.append(" /\(model.query.filter.text)", theme[.titleFilter]) }
        for selector in [model.scope.labelSelector, model.scope.fieldSelector, model.conditions?.text].compactMap(\.self) {
            text.append(" \(selector)", theme[.titleFilter])
        }
        if let problem = snapshot.filterProblem { text.append(" \(problem)", theme[.flashError]) }
        return text
    }

    private func trust(in session: ClusterSession) -> TrustNote {
        TrustNote(theme: theme, now: now, isExplained: session === explained && session.connection.isLost)
    }

    /// `12/340`, or `340` where all are shown.
    private static func count(_ counts: RowCounts) -> String {
        counts.shown == counts.total ? number(counts.total) : "\(number(counts.shown))/\(number(counts.total))"
    }

    /// What is wrong with the data, if anything; of several clusters each by its name.
    func note(of model: TableModel) -> StyledText {
        let states = model.trustedStates(at: now)
        guard model.sessions.count > 1 else {
            return trust(in: model.sessions[0]).text(of: states.first?.state ?? model.snapshot.state)
        }
        return zip(model.sessions, states).reduce(StyledText()) { text, pair in
            let (session, part) = pair
            let note = trust(in: session).text(of: part.state)
            guard note.width > 0 else { return text }
            return text + StyledText((text.width > 0 ? " · " : "") + part.context + ": ", theme[.muted]) + note
        }
    }

    private static func faults(_ resource: APIResource) -> String {
        resource.name == "events" ? "warnings" : "failing"
    }

    /// `Pods`, `NetworkPolicies`, `Widgets.example.org`: the plural name with the capitals of the kind.
    static func name(of resource: APIResource) -> String {
        let shared = zip(resource.kind.lowercased(), resource.name).prefix { $0 == $1 }.count
        let words = String(resource.kind.prefix(shared) + resource.name.dropFirst(shared))
        let name = words.prefix(1).uppercased() + words.dropFirst()
        return resource.group.contains(".") && !resource.group.hasSuffix(".k8s.io") ? "\(name).\(resource.group)" : name
    }

    /// With separators between thousands.
    static func number(_ number: Int) -> String {
        var digits = String(number)
        var end = digits.count - 3
        while end > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: end))
            end -= 3
        }
        return digits
    }
}
