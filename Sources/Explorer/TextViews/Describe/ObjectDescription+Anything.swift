import KubernetesModel
import TextUI

extension ObjectDescription {
    /// A kind that nothing special is known of: every field, with the names that kubectl gives them.
    mutating func anything() {
        name()
        labelsAndAnnotations()
        outline.field("API Version", object.apiVersion)
        outline.field("Kind", object.kind)
        metadata()
        for (key, value) in object.json.sorted(by: { $0.key < $1.key }) where !["apiVersion", "kind", "metadata"].contains(key) {
            self.value(Self.words(key), value, depth: 0)
        }
    }

    private mutating func metadata() {
        let told = [
            "name", "namespace", "labels", "annotations", "managedFields", "selfLink", "deletionTimestamp", "creationTimestamp",
            "ownerReferences",
        ]
        outline.heading("Metadata")
        if let created = object.metadata.creationTimestamp { outline.field("Creation Timestamp", time(created), depth: 1) }
        for owner in object.metadata.ownerReferences {
            let reference = ObjectReference(apiVersion: owner.apiVersion, kind: owner.kind, namespace: object.namespace, name: owner.name)
            outline.field("Owner", "\(owner.kind)/\(owner.name)", depth: 1, link: reference)
        }
        for (key, value) in object.metadata.json.sorted(by: { $0.key < $1.key }) where !told.contains(key) {
            self.value(Self.words(key), value, depth: 1)
        }
    }

    private mutating func value(_ name: String, _ value: JSONValue, depth: Int) {
        switch value {
        case .object(let members):
            outline.heading(name, depth: depth)
            self.members(members, depth: depth + 1)
        case .array(let items) where items.allSatisfy({ $0.objectValue == nil && $0.arrayValue == nil }):
            guard !items.isEmpty else { return outline.heading(name, depth: depth) }
            outline.values(name, items.map { LinkedText($0.stringValue ?? "\($0)") }, depth: depth)
        case .array(let items):
            outline.heading(name, depth: depth)
            for item in items { self.item(item, depth: depth + 1) }
        case .string(let text): outline.field(name, text, depth: depth)
        default: outline.field(name, "\(value)", depth: depth)
        }
    }

    private mutating func members(_ members: JSONObject, depth: Int) {
        for (key, value) in members.sorted(by: { $0.key < $1.key }) { self.value(Self.words(key), value, depth: depth) }
    }

    /// The first field of an item has a dash, so that items are told apart.
    private mutating func item(_ item: JSONValue, depth: Int) {
        guard let members = item.objectValue?.sorted(by: { $0.key < $1.key }), let first = members.first else {
            return value("-", item, depth: depth)
        }
        value("- " + Self.words(first.key), first.value, depth: depth)
        for (key, value) in members.dropFirst() { self.value(Self.words(key), value, depth: depth + 1) }
    }

    /// `creationTimestamp` becomes `Creation Timestamp`, `apiVersion` `API Version`; what is no name of that kind stays.
    static func words(_ key: String) -> String {
        guard key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return key }
        var words: [String] = []
        var previous: Character?
        for character in key {
            if words.isEmpty || character.isUppercase && previous?.isLowercase == true { words.append("") }
            words[words.count - 1].append(character)
            previous = character
        }
        return words.map { abbreviations.contains($0.uppercased()) ? $0.uppercased() : $0.prefix(1).uppercased() + $0.dropFirst() }.joined(
            separator: " ")
    }

    private static let abbreviations: Set = ["API", "CIDR", "CPU", "DNS", "HTTP", "ID", "IP", "TLS", "TTL", "UID", "URL"]
}
