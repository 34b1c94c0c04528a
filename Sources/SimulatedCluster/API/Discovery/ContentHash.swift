import Crypto

/// Names a document by its content, for caches.
enum ContentHash {
    /// 32 hexadecimal digits in upper case.
    static func text(of bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(16).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
