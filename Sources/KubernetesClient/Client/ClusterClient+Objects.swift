import AsyncHTTPClient
package import KubernetesModel
import NIOHTTP1

/// Reading and changing objects of any resource.
extension ClusterClient {
    package func get(
        _ resource: GroupVersionResource, namespace: String? = nil, name: String, subresource: String? = nil
    ) async throws(ClientError) -> KubernetesObject {
        try await object(call(.get, .GET, resource, namespace, name, subresource))
    }

    /// All objects of a resource, in one namespace or in all. `managedFields` are left out.
    ///
    /// For lists that may be long, and lists that shall stay up to date, there is `reflect`.
    package func list(
        _ resource: GroupVersionResource, namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil
    ) async throws(ClientError) -> ObjectList {
        let scope = ReflectorScope(resource, namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector)
        var call = call(.list, .GET, resource, namespace, nil, nil)
        call.query = scope.query
        var list = ObjectList()
        list.resourceVersion = try await readList(call, parsing: scope.parsing) { list.items += $0 }.resourceVersion
        return list
    }

    package func create(
        _ object: KubernetesObject, as resource: GroupVersionResource, namespace: String? = nil, name: String? = nil,
        subresource: String? = nil, options: WriteOptions = WriteOptions()
    ) async throws(ClientError) -> KubernetesObject {
        var call = call(.create, .POST, resource, namespace, name, subresource)
        if call.target.name == nil { call.target.name = object.name.isEmpty ? nil : object.name }
        call.query = options.query
        call.body = (object.compactJSON, "application/json")
        return try await self.object(call)
    }

    /// Replaces an object; its `resourceVersion` makes it fail when somebody changed it in the meantime.
    package func update(
        _ object: KubernetesObject, as resource: GroupVersionResource, namespace: String? = nil, name: String,
        subresource: String? = nil, options: WriteOptions = WriteOptions()
    ) async throws(ClientError) -> KubernetesObject {
        var call = call(.update, .PUT, resource, namespace, name, subresource)
        call.query = options.query
        call.body = (object.compactJSON, "application/json")
        return try await self.object(call)
    }

    package func patch(
        _ resource: GroupVersionResource, namespace: String? = nil, name: String, subresource: String? = nil, with patch: Patch,
        options: WriteOptions = WriteOptions()
    ) async throws(ClientError) -> KubernetesObject {
        var call = call(.patch, .PATCH, resource, namespace, name, subresource)
        call.query = options.query
        if case .apply(_, force: true) = patch { call.query.append(("force", "true")) }
        call.body = (JSONWriter.compact(patch.document), patch.contentType)
        return try await object(call)
    }

    /// Deletes an object. The answer is its last state, or a `Status` where it is gone at once.
    @discardableResult
    package func delete(
        _ resource: GroupVersionResource, namespace: String? = nil, name: String, options: DeleteOptions = DeleteOptions()
    ) async throws(ClientError) -> KubernetesObject {
        var call = call(.delete, .DELETE, resource, namespace, name, nil)
        call.body = (JSONWriter.compact(options.json), "application/json")
        return try await object(call)
    }

    /// Any request, whatever its answer.
    package func raw(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        contentType: String = "application/json", accept: String = "application/json"
    ) async throws(ClientError) -> RawAnswer {
        let call = APICall(
            operation: .request(method: method), target: .init(path: path), method: HTTPMethod(rawValue: method), path: path,
            query: query, accept: accept, body: body.map { ($0, contentType) }
        )
        let opened = try await open(call)
        return RawAnswer(
            status: Int(opened.status.code),
            bytes: try await collect(opened, of: call)
        )
    }

    func call(
        _ operation: ClientError.Operation, _ method: HTTPMethod, _ resource: GroupVersionResource, _ namespace: String?,
        _ name: String?, _ subresource: String?
    ) -> APICall {
        APICall(
            operation: operation,
            target: .init(resource, namespace: namespace, name: name, subresource: subresource),
            method: method,
            path: resource.path(namespace: namespace.map(APICall.encode), name: name.map(APICall.encode), subresource: subresource)
        )
    }

    private func object(_ call: APICall) async throws(ClientError) -> KubernetesObject {
        let document = try await document(call)
        guard let object = KubernetesObject(document) else { throw call.error(.notUnderstood("it is no object")) }
        return object
    }
}
