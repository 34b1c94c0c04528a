import ResourceTables
import TextUI

/// `0` for all namespaces, `1` to `9` for those one goes to most.
enum NamespaceKeys {
    static let actions = (0...FavouriteNamespaces.most).map { ActionID("namespace.\($0)") }

    static func bindings(for session: ClusterSession) -> [Binding] {
        let all = Binding("namespace.0", "0", title: "all namespaces", section: .navigation)
        return [all]
            + session.favouriteNamespaces.enumerated().compactMap { index, name in
                KeyPress(String(index + 1)).map {
                    Binding(ActionID("namespace.\(index + 1)"), $0, title: "namespace \(name)", section: .navigation)
                }
            }
    }

    /// The favourite namespaces with the keys that lead to them.
    static func favourites(of session: ClusterSession, _ overrides: KeyOverrides) -> [(key: String, name: String)] {
        let keys = overrides.applied(to: bindings(for: session)).dropFirst().map(\.shortKeyText)
        return zip(keys, session.favouriteNamespaces).filter { !$0.0.isEmpty }.map { (key: $0, name: $1) }
    }

    static func choice(for action: ActionID, in session: ClusterSession) -> NamespaceChoice? {
        guard action.name.hasPrefix("namespace."), let number = Int(action.name.dropFirst("namespace.".count)) else { return nil }
        if number == 0 { return .all }
        let names = session.favouriteNamespaces
        return names.indices.contains(number - 1) ? .only([names[number - 1]]) : nil
    }
}
