import KubernetesModel
import TextUI

extension Configuration {
    /// A sentence for each key of a person's own command or program that Fathom gives to something else where it is meant to work, and
    /// that so does nothing.
    var keyClashes: [String] {
        let everywhere = GeneralActions.bindings + TableActions.bindings
        let ofHotKeys = hotKeys.filter { !$0.overrides }.compactMap { hotKey in
            clash(of: hotKey.key, hotKey.action, at: hotKey.place, with: everywhere + ObjectActions.general)
        }
        let ofPlugins = plugins.filter { !$0.overrides }.compactMap { plugin in
            let objects = plugin.scopes.contains("all") ? ObjectActions.general : plugin.scopes.flatMap(Self.bindings(ofScope:))
            return clash(of: plugin.key, plugin.action, at: plugin.place, with: everywhere + objects)
        }
        return ofHotKeys + ofPlugins + twins
    }

    /// Of two plugins on one key for the same kind the first one works.
    private var twins: [String] {
        plugins.enumerated().compactMap { index, plugin in
            let first = plugins[..<index].first { other in
                other.key == plugin.key && other.overrides == plugin.overrides
                    && ((other.scopes + plugin.scopes).contains("all") || !Set(other.scopes).isDisjoint(with: plugin.scopes))
            }
            return first.map { "\(plugin.place): \(plugin.key) is the key of \($0.description) already, \($0.place)" }
        }
    }

    private static func bindings(ofScope name: String) -> [Binding] {
        ResourceCatalog.builtIn.resource(named: name).map { ObjectActions.bindings(for: $0) } ?? []
    }

    private func clash(of key: KeyPress, _ action: ActionID, at place: String, with bindings: [Binding]) -> String? {
        // By its id it may have got another key.
        let pressed = keys.keys[action] ?? [[key]]
        guard let other = keys.applied(to: bindings).first(where: { !Set($0.keys).isDisjoint(with: pressed) }) else { return nil }
        return "\(place): \(key) is Fathom's own key for \(other.title); override: true takes it"
    }
}
