/// Something the server must allow.
struct Right: Hashable {
    let verb: String
    var subresource: String?

    init(_ verb: String, _ subresource: String? = nil) {
        self.verb = verb
        self.subresource = subresource
    }
}
