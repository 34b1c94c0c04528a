extension String {
    /// A member's name as a step of a path that is told to somebody: cut where it is longer than any real one. A path is made for every
    /// value below a name, so that a long name would take the square of its document's size.
    package var pathComponent: String {
        let limit = 512
        guard utf8.count > limit else { return self }
        return String(decoding: utf8.prefix(limit), as: UTF8.self) + "…"
    }
}
