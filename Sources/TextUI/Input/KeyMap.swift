/// Finds the action for the keys pressed. Earlier bindings win over later ones, so that a view's own come before the general ones.
package struct KeyMap: Sendable {
    package enum Lookup: Sendable, Hashable {
        case action(ActionID)
        /// The keys begin a longer sequence.
        case pending
        case none
    }

    /// Two actions of one map that wait for the same keys, or one whose keys begin the other's.
    package struct Conflict: Sendable, Hashable {
        package let keys: [KeyPress]
        package let actions: [ActionID]
    }

    package let bindings: [Binding]
    private var actions: [[KeyPress]: ActionID] = [:]
    private var beginnings: Set<[KeyPress]> = []

    package init(_ bindings: [Binding]) {
        self.bindings = bindings
        for binding in bindings {
            for keys in binding.keys where !keys.isEmpty && actions[keys] == nil {
                actions[keys] = binding.action
                for length in 1..<keys.count where keys.count > 1 { beginnings.insert(Array(keys.prefix(length))) }
            }
        }
    }

    package func lookup(_ keys: [KeyPress]) -> Lookup {
        if let action = actions[keys] { return .action(action) }
        return beginnings.contains(keys) ? .pending : .none
    }

    /// What can't be reached as written; a general binding hidden by a view's own is no conflict, so check each table by itself.
    package static func conflicts(in bindings: [Binding]) -> [Conflict] {
        var owners: [[KeyPress]: [ActionID]] = [:]
        for binding in bindings {
            for keys in binding.keys { owners[keys, default: []].append(binding.action) }
        }
        let doubled = owners.filter { $0.value.count > 1 }.map { Conflict(keys: $0.key, actions: $0.value) }
        let hidden = owners.keys.flatMap { longer -> [Conflict] in
            (1..<max(1, longer.count)).compactMap { length in
                let start = Array(longer.prefix(length))
                return owners[start].map { Conflict(keys: start, actions: $0 + (owners[longer] ?? [])) }
            }
        }
        return (doubled + hidden).sorted { $0.keys.description < $1.keys.description }
    }
}
