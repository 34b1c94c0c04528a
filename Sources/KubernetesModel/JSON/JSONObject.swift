import OrderedCollections

/// The members of a JSON object, in the order in which they were written.
///
/// Two objects are equal when they have the same members, whatever their order.
package struct JSONObject: Sendable {
    private var members: OrderedDictionary<String, JSONValue>

    package init() {
        members = [:]
    }

    /// The last of several members of one name wins, at the first one's place.
    package init(_ pairs: some Sequence<(String, JSONValue)>) {
        members = OrderedDictionary(pairs, uniquingKeysWith: { _, last in last })
    }

    /// Takes keys that are known to differ.
    init(distinctKeys keys: some Sequence<String>, values: some Sequence<JSONValue>) {
        members = OrderedDictionary(uncheckedUniqueKeys: keys, values: values)
    }

    package subscript(key: String) -> JSONValue? {
        get { members[key] }
        set { members[key] = newValue }
    }

    package subscript(key: String, default value: @autoclosure () -> JSONValue) -> JSONValue {
        get { members[key, default: value()] }
        set { members[key, default: value()] = newValue }
        _modify { yield &members[key, default: value()] }
    }

    package var keys: [String] { Array(members.keys) }
    package var values: [JSONValue] { Array(members.values) }

    @discardableResult
    package mutating func removeValue(forKey key: String) -> JSONValue? {
        members.removeValue(forKey: key)
    }

    /// Sets a member, and tells whether the object had one of this name.
    @discardableResult
    package mutating func updateValue(_ value: JSONValue, forKey key: String) -> JSONValue? {
        members.updateValue(value, forKey: key)
    }

    package func filter(_ isIncluded: (String, JSONValue) throws -> Bool) rethrows -> JSONObject {
        var result = JSONObject()
        result.members = try members.filter { try isIncluded($0.key, $0.value) }
        return result
    }

    package func mapValues(_ transform: (JSONValue) throws -> JSONValue) rethrows -> JSONObject {
        var result = JSONObject()
        result.members = try members.mapValues(transform)
        return result
    }

    /// Orders the members by name, as API servers print maps.
    package mutating func sortKeys() {
        members.sort { $0.key < $1.key }
    }
}

extension JSONObject: Sequence {
    package typealias Element = (key: String, value: JSONValue)

    package struct Iterator: IteratorProtocol {
        private var members: OrderedDictionary<String, JSONValue>.Iterator

        fileprivate init(_ members: OrderedDictionary<String, JSONValue>.Iterator) {
            self.members = members
        }

        package mutating func next() -> Element? {
            members.next()
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(members.makeIterator())
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var underestimatedCount: Int { members.count }
}

extension JSONObject: Hashable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.count == right.members.count && left.members.allSatisfy { right.members[$0.key] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var combined = 0
        for (key, value) in members {
            var member = Hasher()
            member.combine(key)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}
