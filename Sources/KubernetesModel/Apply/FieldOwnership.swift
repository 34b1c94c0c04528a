/// How a value's parts are told apart when managers share it: by schema, element by element or as a whole.
extension SchemaNode {
    /// The members of an object that merge one by one; nil when there is none or it changes as a whole.
    func granularMembers(of value: JSONValue?) -> JSONObject? {
        isAtomicMap ? nil : value?.objectValue
    }

    var isGranularList: Bool {
        field.list != .atomic && element != nil
    }

    /// Names each element of a list; elements that have no name of their own go by their place.
    func identities(of elements: [JSONValue]) -> [PathElement] {
        elements.enumerated().map { index, element in
            switch field.list {
            case .atomic: .index(index)
            case .set: .value(element)
            case .map(let keys):
                .key(
                    keys.sorted().compactMap { key in
                        let value = element[key] ?? self.element?.member(key)?.field.defaultValue
                        return value.map { PathElement.KeyValue(name: key, value: $0) }
                    })
            }
        }
    }

    func child(_ key: String) -> SchemaNode {
        member(key) ?? .untyped
    }

    /// The paths that a configuration speaks of: its scalars, its whole lists and maps, and the elements of keyed lists.
    func fields(of value: JSONValue) -> FieldSet {
        var set = FieldSet()
        if let members = granularMembers(of: value) {
            for (key, member) in members {
                let place = child(key)
                var fields = place.fields(of: member)
                let isEmpty = member.isNull || member.objectValue?.isEmpty == true
                if isEmpty || !declares(key) { fields.isMember = true }
                set[.field(key)] = fields
            }
        } else if isGranularList, let elements = value.arrayValue {
            for (identity, element) in zip(identities(of: elements), elements) {
                var fields = (self.element ?? .untyped).fields(of: element)
                fields.isMember = true
                set[identity] = set[identity].union(fields)
            }
        } else {
            set.isMember = true
        }
        return set
    }

    /// An applied configuration laid over an object: its scalars and whole lists win, keyed lists and maps merge.
    func merging(_ configuration: JSONValue, into live: JSONValue?) -> JSONValue {
        if let members = granularMembers(of: configuration), let object = live?.objectValue {
            var result = object
            for (key, value) in members {
                if value.isNull { result.removeValue(forKey: key) } else { result[key] = child(key).merging(value, into: object[key]) }
            }
            return .object(result)
        }
        if isGranularList, let elements = configuration.arrayValue, let liveElements = live?.arrayValue {
            return .array(merging(elements, into: liveElements))
        }
        return configuration
    }

    /// Elements come in the configuration's order; those that only the object has stay before what followed them.
    private func merging(_ elements: [JSONValue], into live: [JSONValue]) -> [JSONValue] {
        let identities = identities(of: elements)
        let liveIdentities = self.identities(of: live)
        let named = Set(identities)
        let liveByIdentity = Dictionary(zip(liveIdentities, live), uniquingKeysWith: { first, _ in first })
        var shared = identities.filter { liveByIdentity[$0] != nil }[...]
        var result: [JSONValue] = []
        var place = 0
        for (identity, element) in zip(identities, elements) {
            while place < live.count {
                let liveIdentity = liveIdentities[place]
                if !named.contains(liveIdentity) {
                    result.append(live[place])
                } else if liveIdentity == identity || liveIdentity == shared.first {
                    break
                }
                place += 1
            }
            result.append((self.element ?? .untyped).merging(element, into: liveByIdentity[identity]))
            if shared.first == identity { shared.removeFirst() }
            if place < live.count, liveIdentities[place] == identity { place += 1 }
        }
        for index in place..<max(place, live.count) where !named.contains(liveIdentities[index]) { result.append(live[index]) }
        return result
    }

    /// Takes away what a manager applied before and nobody owns now.
    /// - Parameters:
    ///   - last: what it applied before.
    ///   - owned: what anyone owns now.
    func pruning(_ value: JSONValue, last: FieldSet, owned: FieldSet) -> JSONValue {
        if let members = granularMembers(of: value) {
            var result = members
            for (key, member) in members {
                let element = PathElement.field(key)
                guard !last[element].isEmpty else { continue }
                if owned[element].isEmpty {
                    result.removeValue(forKey: key)
                } else {
                    result[key] = child(key).pruning(member, last: last[element], owned: owned[element])
                }
            }
            return .object(result)
        }
        guard isGranularList, let elements = value.arrayValue else { return value }
        var result: [JSONValue] = []
        for (identity, element) in zip(identities(of: elements), elements) {
            if last[identity].isEmpty {
                result.append(element)
            } else if !owned[identity].isEmpty {
                result.append((self.element ?? .untyped).pruning(element, last: last[identity], owned: owned[identity]))
            }
        }
        return .array(result)
    }
}

/// What differs between two states of an object, as paths.
struct FieldComparison {
    var added = FieldSet()
    var modified = FieldSet()
    var removed = FieldSet()

    init(_ old: JSONValue?, _ new: JSONValue?, at node: SchemaNode) {
        compare(old, new, at: node, path: [])
    }

    private mutating func compare(_ old: JSONValue?, _ new: JSONValue?, at node: SchemaNode, path: [PathElement]) {
        if old == new, old != nil { return }
        let oldMembers = node.granularMembers(of: old)
        let newMembers = node.granularMembers(of: new)
        if (oldMembers ?? newMembers) != nil, Self.isContainer(old, oldMembers != nil), Self.isContainer(new, newMembers != nil),
            !((oldMembers ?? [:]).isEmpty && (newMembers ?? [:]).isEmpty)
        {
            note(old, new, path)
            let keys = (oldMembers ?? [:]).keys + (newMembers ?? [:]).keys.filter { oldMembers?[$0] == nil }
            for key in keys { compare(oldMembers?[key], newMembers?[key], at: node.child(key), path: path + [.field(key)]) }
        } else if node.isGranularList, Self.isContainer(old, old?.arrayValue != nil), Self.isContainer(new, new?.arrayValue != nil),
            !((old?.arrayValue ?? []).isEmpty && (new?.arrayValue ?? []).isEmpty)
        {
            note(old, new, path)
            compareLists(old?.arrayValue ?? [], new?.arrayValue ?? [], at: node, path: path)
        } else if old == nil || new == nil {
            note(old, new, path)
        } else {
            modified.insert(path)
        }
    }

    /// Missing and null go along with any type.
    private static func isContainer(_ value: JSONValue?, _ isContainer: Bool) -> Bool {
        isContainer || value?.isNull ?? true
    }

    private mutating func note(_ old: JSONValue?, _ new: JSONValue?, _ path: [PathElement]) {
        if old == nil { added.insert(path) } else if new == nil { removed.insert(path) }
    }

    private mutating func compareLists(_ old: [JSONValue], _ new: [JSONValue], at node: SchemaNode, path: [PathElement]) {
        let oldByIdentity = Dictionary(zip(node.identities(of: old), old), uniquingKeysWith: { first, _ in first })
        let newByIdentity = Dictionary(zip(node.identities(of: new), new), uniquingKeysWith: { first, _ in first })
        for identity in Set(oldByIdentity.keys).union(newByIdentity.keys) {
            compare(oldByIdentity[identity], newByIdentity[identity], at: node.element ?? .untyped, path: path + [identity])
        }
    }
}
