import KubernetesModel

/// Something the server must allow.
struct Right: Hashable {
    let verb: String
    var subresource: String?
    /// Nil is the resource of what the action is done to.
    var resource: GroupResource?

    init(_ verb: String, _ subresource: String? = nil, of resource: GroupResource? = nil) {
        self.verb = verb
        self.subresource = subresource
        self.resource = resource
    }
}
