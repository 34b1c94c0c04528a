/// Room for the bytes of file trees: a node's disk, a volume, or the store behind all of them.
final class Disk {
    /// In bytes.
    var capacity: Int
    private(set) var used = 0
    /// Where its own bytes lie, which may be full before it is.
    private let store: Disk?

    init(capacity: Int, within store: Disk? = nil) {
        self.capacity = capacity
        self.store = store
    }

    var free: Int { max(0, min(capacity - used, store?.free ?? .max)) }

    /// Takes room, or gives it back.
    func grow(by bytes: Int) {
        used += bytes
        store?.grow(by: bytes)
    }
}
