/// What a tar archive says of one file before its content.
nonisolated struct TarEntry: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case file(size: Int)
        case folder
        case symbolicLink(target: String)
        /// Another name for what the archive has had under `target`.
        case hardLink(target: String)
        /// A device, a pipe and the like.
        case other
    }

    var path: String
    var kind: Kind
    /// The permissions: the lowest nine bits count.
    var mode: Int
    /// Seconds since 1970.
    var modified = 0
}

/// Why bytes are no tar archive, or one that can't be used.
nonisolated struct TarError: Error, Equatable, CustomStringConvertible {
    let description: String
}

nonisolated enum TarFormat {
    static let block = 512
    /// A name can't be longer, whatever an archive claims.
    static let longestRecord = 1 << 16

    /// As many as GNU's way to write numbers can say. The sum of one and its padding is still a number.
    static let sizes = 0...(1 << 55)

    static func padding(_ size: Int) -> Int { (block - size % block) % block }
}
