import KubernetesModel
import TextUI

/// Something that can be done to objects, wherever they are shown.
struct ObjectAction {
    /// For which resources an action makes sense.
    enum Kinds {
        case all
        case named(Set<String>)
        /// Those of which the server can do this.
        case supporting(String)
        case withSubresource(String)

        func contain(_ resource: APIResource) -> Bool {
            switch self {
            case .all: true
            case .named(let names): names.contains(resource.groupResource.description)
            case .supporting(let verb): resource.supports(verb)
            case .withSubresource(let name): resource.subresource(name) != nil
            }
        }
    }

    let binding: Binding
    let kinds: Kinds
    /// All that the server must allow; nothing where looking at the object is enough.
    var rights: [Right] = []
    /// Whether it changes something, so that a context opened read-only forbids it.
    var changes = true
    /// Whether all marked objects are meant, or only the first.
    var isForMany = true
    /// Why it can't be done here whatever it is done to; nil where nothing is in the way.
    var obstacle: @MainActor (Shell) -> String? = { _ in nil }
    let run: @MainActor ([ObjectTarget], Shell) -> Void
}

extension ObjectAction {
    /// An action that only looks.
    static func looking(_ binding: Binding, _ kinds: Kinds = .all, _ run: @escaping @MainActor ([ObjectTarget], Shell) -> Void)
        -> ObjectAction
    {
        ObjectAction(binding: binding, kinds: kinds, changes: false, isForMany: false, run: run)
    }
}
