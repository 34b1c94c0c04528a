/// One step of a path within an object, as managed fields write it.
package enum PathElement: Sendable, Hashable {
    /// `f:spec`
    case field(String)
    /// `k:{"name":"web"}`: the element of a list that has these values. Ordered by name.
    case key([KeyValue])
    /// `v:"x"`: the element of a set.
    case value(JSONValue)
    /// `i:3`
    case index(Int)

    package struct KeyValue: Sendable, Hashable {
        package var name: String
        package var value: JSONValue
    }

    /// Nil when `text` is none of the four forms.
    init?(encoded text: String) {
        let content = String(text.dropFirst(2))
        switch text.prefix(2) {
        case "f:": self = .field(content)
        case "k:":
            guard let object = (try? JSONParser.parse(content))?.objectValue else { return nil }
            self = .key(object.map { KeyValue(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name })
        case "v:":
            guard let value = try? JSONParser.parse(content) else { return nil }
            self = .value(value)
        case "i:":
            guard let index = Int(content) else { return nil }
            self = .index(index)
        default: return nil
        }
    }

    var encoded: String {
        switch self {
        case .field(let name): "f:\(name)"
        case .key(let values): "k:\(JSONValue.object(JSONObject(values.map { ($0.name, $0.value) })))"
        case .value(let value): "v:\(value)"
        case .index(let index): "i:\(index)"
        }
    }

    /// As conflicts print it: `.spec`, `[name="web"]`, `[="x"]`, `[3]`.
    var text: String {
        switch self {
        case .field(let name): ".\(name)"
        case .key(let values): "[\(values.map { "\($0.name)=\($0.value)" }.joined(separator: ","))]"
        case .value(let value): "[=\(value)]"
        case .index(let index): "[\(index)]"
        }
    }

    private var rank: Int {
        switch self {
        case .field: 0
        case .key: 1
        case .value: 2
        case .index: 3
        }
    }

    /// Whether it stands before another one. Both come encoded: in a list of thousands each is compared many times.
    fileprivate static func isOrdered(_ left: (element: PathElement, text: String), _ right: (element: PathElement, text: String)) -> Bool {
        switch (left.element, right.element) {
        case (.index(let first), .index(let second)): first < second
        case (let first, let second) where first.rank != second.rank: first.rank < second.rank
        default: left.text < right.text
        }
    }
}

/// A set of paths within an object: what a manager owns.
package struct FieldSet: Sendable, Hashable {
    /// Whether the path that leads here is itself in the set.
    package var isMember = false
    package private(set) var children: [PathElement: FieldSet] = [:]

    package init() {}

    /// Reads `fieldsV1`; what it does not understand is left out.
    package init(_ json: JSONValue?) {
        for (key, value) in json?.objectValue ?? [:] {
            if key == "." {
                isMember = true
            } else if let element = PathElement(encoded: key) {
                var child = FieldSet(value)
                if child.children.isEmpty { child.isMember = true }
                children[element] = child
            }
        }
    }

    /// As `fieldsV1`.
    package var json: JSONValue {
        var object = JSONObject()
        if isMember, !children.isEmpty { object["."] = [:] }
        for (element, text) in inOrder { object[text] = self[element].json }
        return .object(object)
    }

    /// The next steps of the paths, with how they are written.
    private var inOrder: [(element: PathElement, text: String)] {
        children.keys.map { ($0, $0.encoded) }.sorted(by: PathElement.isOrdered)
    }

    package var isEmpty: Bool { !isMember && children.isEmpty }

    package subscript(element: PathElement) -> FieldSet {
        get { children[element] ?? FieldSet() }
        set { children[element] = newValue.isEmpty ? nil : newValue }
    }

    package mutating func insert(_ path: some Collection<PathElement>) {
        guard let first = path.first else {
            isMember = true
            return
        }
        children[first, default: FieldSet()].insert(path.dropFirst())
    }

    package func union(_ other: FieldSet) -> FieldSet {
        var result = self
        result.isMember = isMember || other.isMember
        result.children.merge(other.children) { $0.union($1) }
        return result
    }

    package func intersection(_ other: FieldSet) -> FieldSet {
        var result = FieldSet()
        result.isMember = isMember && other.isMember
        for (element, child) in children {
            if let match = other.children[element] { result[element] = child.intersection(match) }
        }
        return result
    }

    package func subtracting(_ other: FieldSet) -> FieldSet {
        var result = self
        result.isMember = isMember && !other.isMember
        for (element, child) in other.children where children[element] != nil {
            result[element] = self[element].subtracting(child)
        }
        return result
    }

    /// Without a path and everything below it.
    package func removing(_ path: some Collection<PathElement>) -> FieldSet {
        guard let first = path.first else { return FieldSet() }
        var result = self
        if children[first] != nil { result[first] = self[first].removing(path.dropFirst()) }
        return result
    }

    /// Every path, as conflicts print it, in order.
    package var paths: [String] {
        var paths: [String] = []
        collect(prefix: "", into: &paths)
        return paths
    }

    private func collect(prefix: String, into paths: inout [String]) {
        if isMember { paths.append(prefix) }
        for (element, _) in inOrder { self[element].collect(prefix: prefix + element.text, into: &paths) }
    }
}
