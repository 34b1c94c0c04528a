package import TextUI

/// A person's own keys from `keys.yaml`: the keys of an action by its id.
package struct KeyOverrides: Sendable, Hashable {
    package var keys: [ActionID: [[KeyPress]]]

    package init(_ keys: [ActionID: [[KeyPress]]] = [:]) {
        self.keys = keys
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
