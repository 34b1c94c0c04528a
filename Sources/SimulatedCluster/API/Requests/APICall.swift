import KubernetesModel

/// A request together with what is known of it.
struct APICall {
    let request: APIRequest
    /// Nil for paths that name no resource.
    let target: RequestTarget?
    let user: UserInfo

    /// The verb, as authorisation and discovery name it.
    var verb: String {
        guard let target else { return request.method.lowercased() }
        switch request.method {
        case "GET", "HEAD":
            if target.isWatch(request) { return "watch" }
            return target.name == nil ? "list" : "get"
        case "POST": return "create"
        case "PUT": return "update"
        case "PATCH": return "patch"
        case "DELETE": return target.name == nil ? "deletecollection" : "delete"
        default: return request.method.lowercased()
        }
    }

    var attributes: AccessAttributes {
        guard let target else { return AccessAttributes(user: user, verb: verb, path: request.path) }
        return AccessAttributes(
            user: user, verb: verb, group: target.groupVersion.group, version: target.groupVersion.version, resource: target.resource,
            subresource: target.subresource ?? "", namespace: target.namespace ?? "", name: target.name ?? "", path: request.path
        )
    }
}
