import KubernetesModel

extension ObjectHandler {
    func delete(_ form: ResponseForm) throws(StatusError) -> APIResponse {
        let options = try DeleteOptions(call.request)
        let key = try key()
        let deletion = try parts.pipeline.delete(
            resource, key, options: options, by: Writer(user: call.user, fieldManager: ""), at: parts.timeline.now
        )
        if !deletion.isGone || parts.pipeline.strategy(of: resource).rules.returnsDeletedObject {
            return respond(deletion.object, in: form)
        }
        let details = StatusError.Details(
            name: key.name, group: resource.group, kind: resource.name, uid: deletion.object.uid
        )
        return Self.success(details: details, in: form)
    }

    /// Deletes what a list with the same selectors would show, and answers with it.
    func deleteCollection(_ form: ResponseForm) throws(StatusError) -> APIResponse {
        let options = try DeleteOptions(call.request)
        let list = try ListOptions(call.request, target: target, resource: resource, custom: custom)
        let writer = Writer(user: call.user, fieldManager: "")
        var chosen: [StoredObject] = []
        parts.store.forEach(storage, namespace: list.selection.namespace) { object in
            if list.selection.matches(object) { chosen.append(object) }
            return list.limit == 0 || chosen.count < list.limit
        }
        let answer = try ListHandler(parts: parts, resource: resource, options: list).respond(in: form)
        for object in chosen {
            do throws(StatusError) {
                _ = try parts.pipeline.delete(resource, object.key, options: options, by: writer, at: parts.timeline.now)
            } catch  where error.code == 404 {
                continue  // An earlier deletion took it along.
            }
        }
        return answer
    }

    /// A `Status` that says nothing but that it worked.
    static func success(code: Int? = nil, details: StatusError.Details? = nil, in form: ResponseForm) -> APIResponse {
        var status: JSONObject = ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success"]
        status["details"] = details?.json
        status["code"] = code.map { JSONValue($0) }
        return ResponseWriter(form: form).respond(.object(status), status: code ?? 200)
    }
}
