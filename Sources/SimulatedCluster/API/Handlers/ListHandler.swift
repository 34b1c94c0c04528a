import KubernetesModel

/// Reads collections: at one revision, page by page.
struct ListHandler {
    let parts: ClusterParts
    let resource: APIResource
    let options: ListOptions

    private struct Page {
        var objects: [StoredObject]
        var revision: Int
        var token: String?
        var remaining: Int?
    }

    /// What a server reads from its cache, which holds all but events, it reads whole.
    private var limit: Int {
        options.resourceVersion == "0"
            && !["", "events.k8s.io"].map { GroupResource(group: $0, resource: "events") }.contains(resource.groupResource)
            ? 0 : options.limit
    }

    private var storage: GroupResource { parts.registry.storage(of: resource.groupResource) }

    func respond(in form: ResponseForm) throws(StatusError) -> APIResponse {
        let page = try page()
        let objectForm = ObjectForm(
            resource: resource, custom: parts.registry.custom(resource.gvr), shape: form.shape, now: parts.timeline.now
        )
        let writer = ResponseWriter(form: form)
        var metadata: JSONObject = ["resourceVersion": .string(String(page.revision))]
        metadata["continue"] = page.token.map(JSONValue.string)
        metadata["remainingItemCount"] = page.remaining.map { JSONValue($0) }
        if case .table = form.shape {
            // One tree at a time: all of a large list's would take several times the memory of the list.
            let objects = page.objects.lazy.map(parts.view.object)
            let table = TableForm(objectForm).table(of: objects, version: String(page.revision), isHeaded: true, metadata: metadata)
            return writer.respond(table)
        }
        let head = Self.head(metadata, objectForm)
        let isLarge = page.objects.reduce(0) { $0 + $1.bytes.count } > Self.largest
        if isLarge, form.encoding == .json, !form.isPretty { return Self.stream(page.objects, after: head, objectForm, form) }
        return writer.respond(json: Self.list(page.objects, after: head, objectForm))
    }

    /// Lists of more bytes than this are written as they are read.
    private static let largest = 1 << 20

    private static func head(_ metadata: JSONObject, _ form: ObjectForm) -> [UInt8] {
        let head: JSONValue = ["kind": .string(form.listKind), "apiVersion": .string(form.listVersion), "metadata": .object(metadata)]
        return JSONWriter.compact(head).dropLast() + ",\"items\":[".utf8
    }

    private static func list(_ objects: [StoredObject], after head: [UInt8], _ form: ObjectForm) -> [UInt8] {
        var bytes = head
        for (index, object) in objects.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: form.itemBytes(of: object))
        }
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }

    private static func stream(
        _ objects: [StoredObject], after head: [UInt8], _ objectForm: ObjectForm, _ form: ResponseForm
    ) -> APIResponse {
        let last = objects.count - 1
        let items = LazyBytes(objects) { index, object in
            (index == 0 ? head : [UInt8(ascii: ",")]) + objectForm.itemBytes(of: object) + (index == last ? Array("]}\n".utf8) : [])
        }
        return APIResponse(
            status: 200, headers: [("content-type", form.contentType)], body: .stream(ByteChannel(whole: items.take)))
    }

    private func page() throws(StatusError) -> Page {
        let current = parts.store.revision
        if !options.continueToken.isEmpty {
            let token = try ContinueToken(options.continueToken, isNamespaced: resource.isNamespaced)
            return try page(at: token.revision ?? current, after: token.after)
        }
        guard let requested = UInt64(options.resourceVersion), requested > 0 else { return try page(at: current, after: nil) }
        guard requested <= UInt64(current) else { throw .futureVersion(options.resourceVersion, current: current) }
        // A limit without a rule for the version means that very version.
        let isExact = options.versionMatch == .exact || (options.versionMatch == nil && options.limit > 0)
        return try page(at: isExact ? Int(requested) : current, after: nil)
    }

    private func page(at revision: Int, after key: ObjectKey?) throws(StatusError) -> Page {
        guard let candidates = candidates(at: revision, after: key) else { throw expired(after: key) }
        var objects = candidates.objects
        var token: String?
        var remaining: Int?
        if limit > 0, objects.count > limit {
            objects.removeSubrange(limit...)
            if let last = objects.last {
                token = ContinueToken(revision: revision, after: last.key).text
                if options.selection.isWhole { remaining = max(1, remainder(of: candidates, after: last.key)) }
            }
        }
        return Page(objects: objects, revision: revision, token: token, remaining: remaining)
    }

    private struct Candidates {
        var objects: [StoredObject]
        /// Whether they are all there were; else up to one more than the page holds.
        var isComplete: Bool
    }

    private func remainder(of candidates: Candidates, after key: ObjectKey) -> Int {
        candidates.isComplete
            ? candidates.objects.count - limit : parts.store.count(of: storage, namespace: options.selection.namespace, after: key)
    }

    /// The objects from a key on, as they were at a revision; nil when that is forgotten.
    private func candidates(at revision: Int, after key: ObjectKey?) -> Candidates? {
        guard revision < parts.store.revision else { return Candidates(objects: present(after: key), isComplete: false) }
        guard let changes = parts.store.changes(since: revision)?.filter({ $0.resource == storage }) else { return nil }
        if changes.isEmpty { return Candidates(objects: present(after: key), isComplete: false) }
        var past: [ObjectKey: StoredObject?] = [:]
        for change in changes where past[change.key] == nil { past[change.key] = .some(change.previous) }
        var objects: [StoredObject] = []
        parts.store.forEach(storage, namespace: options.selection.namespace, after: key) { object in
            if past[object.key] == nil, options.selection.matches(object) { objects.append(object) }
            return true
        }
        let restored = past.values.compactMap { $0 }.filter { object in
            options.selection.matches(object) && key.map { $0 < object.key } ?? true
        }
        return Candidates(objects: (objects + restored).sorted { $0.key < $1.key }, isComplete: true)
    }

    private func present(after key: ObjectKey?) -> [StoredObject] {
        let selection = options.selection
        if let name = selection.name, selection.namespace != nil || !resource.isNamespaced {
            let only = parts.store.get(storage, ObjectKey(namespace: selection.namespace, name: name))
            return only.map { selection.matches($0) ? [$0] : [] } ?? []
        }
        var objects: [StoredObject] = []
        let wanted = limit > 0 ? limit + 1 : Int.max
        parts.store.forEach(storage, namespace: selection.namespace, after: key) { object in
            if selection.matches(object) { objects.append(object) }
            return objects.count < wanted
        }
        return objects
    }

    private func expired(after key: ObjectKey?) -> StatusError {
        guard let key else { return .expired("The resourceVersion for the provided list is too old.") }
        var error = StatusError.expired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list without "
                + "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. "
                + "Continuing with the provided token results in an inconsistent list - objects that were created, modified, or "
                + "deleted between the time the first chunk was returned and now may show up in the list."
        )
        error.continueToken = ContinueToken(revision: nil, after: key).text
        return error
    }
}
