import Synchronization

/// Counts the bytes that are held for all readers together, each piece once however many of them wait for it.
final class HeldBytes: Sendable {
    private let total = Mutex(0)

    var count: Int { total.withLock(\.self) }

    fileprivate func add(_ count: Int) { total.withLock { $0 += count } }

    /// Bytes that are counted for as long as anybody holds them.
    final class Piece: Sendable {
        let bytes: [UInt8]
        private let held: HeldBytes?

        /// - Parameter held: nil for what has one reader only.
        init(_ bytes: [UInt8], in held: HeldBytes? = nil) {
            self.bytes = bytes
            self.held = held
            held?.add(bytes.count)
        }

        deinit { held?.add(-bytes.count) }
    }
}
