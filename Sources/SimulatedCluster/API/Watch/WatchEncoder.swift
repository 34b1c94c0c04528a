import KubernetesModel

/// A change as one watcher is told it.
struct WatchEvent: Hashable {
    enum Kind: String, Hashable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    let type: Kind
    let object: StoredObject
    /// The revision to show, when it isn't the object's own.
    let revision: Int

    init(type: Kind, object: StoredObject, from revision: Int?) {
        self.type = type
        self.object = object
        self.revision = revision ?? object.revision
    }

    static func == (left: WatchEvent, right: WatchEvent) -> Bool {
        left.type == right.type && left.object === right.object && left.revision == right.revision
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(revision)
    }
}

/// Writes the lines of a watch: one JSON document each.
struct WatchEncoder {
    let form: ObjectForm

    func encode(_ event: WatchEvent, isHeaded: Bool, now: Instant) -> [UInt8] {
        line(type: event.type.rawValue, object: bytes(of: event, isHeaded: isHeaded, now: now))
    }

    private func bytes(of event: WatchEvent, isHeaded: Bool, now: Instant) -> [UInt8] {
        if form.shape == .object, event.revision == event.object.revision { return form.bytes(of: event.object) }
        var object = event.object.object.parsed()
        object["metadata", default: [:]]["resourceVersion"] = .string(String(event.revision))
        if case .table = form.shape {
            let present = ObjectForm(resource: form.resource, custom: form.custom, shape: form.shape, now: now)
            return JSONWriter.compact(TableForm(present).table(of: [object], version: String(event.revision), isHeaded: isHeaded))
        }
        return JSONWriter.compact(form.value(of: object))
    }

    func bookmark(revision: Int, endsInitialEvents: Bool) -> [UInt8] {
        var metadata: JSONObject = ["resourceVersion": .string(String(revision))]
        if endsInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        let kind = form.resource.gvk
        let json: JSONObject = [
            "kind": .string(kind.kind), "apiVersion": .string(kind.groupVersion.apiVersion), "metadata": .object(metadata),
        ]
        let object = KubernetesObject(json)
        if case .table = form.shape {
            // The heads of the columns come with the first event alone.
            let table = TableForm(form).table(of: [object], version: String(revision), isHeaded: false)
            return line(type: "BOOKMARK", object: JSONWriter.compact(table))
        }
        return line(type: "BOOKMARK", object: JSONWriter.compact(form.value(of: object)))
    }

    func line(type: String, object: [UInt8]) -> [UInt8] {
        var line = Array("{\"type\":\"\(type)\",\"object\":".utf8)
        line.reserveCapacity(line.count + object.count + 2)
        line.append(contentsOf: object)
        line.append(UInt8(ascii: "}"))
        line.append(UInt8(ascii: "\n"))
        return line
    }
}
