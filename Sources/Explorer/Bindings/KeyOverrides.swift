package import TextUI

/// A person's own keys from `keys.yaml`: the keys of an action by its id.
package struct KeyOverrides: Sendable, Hashable {
    package var keys: [ActionID: [[KeyPress]]]
    /// Where each of them is set: `keys.yaml line 3`.
    var places: [ActionID: String] = [:]

    package init(_ keys: [ActionID: [[KeyPress]]] = [:]) {
        self.keys = keys
    }

    /// Those of `other` win.
    mutating func merge(_ other: KeyOverrides) {
        keys.merge(other.keys) { $1 }
        places.merge(other.places) { $1 }
    }

    func applied(to bindings: [Binding]) -> [Binding] {
        if keys.isEmpty { return bindings }
        let taken = Set(keys.values.flatMap { $0 })
        return bindings.map { binding in
            var binding = binding
            if let own = keys[binding.action] {
                binding.keys = own
            } else {
                // A key given to one action is taken away from the others.
                binding.keys.removeAll { taken.contains($0) }
            }
            return binding
        }
    }
}
